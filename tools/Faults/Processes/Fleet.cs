using System.Collections.Concurrent;
using System.Globalization;
using DaprSocial.Dapr;
using DaprSocial.Faults.Planning;
using DaprSocial.Faults.Running;
using DaprSocial.Hosting;

namespace DaprSocial.Faults.Processes;

/// <summary>All processes of a fault run: started, supervised, moved between, and gone at the end.</summary>
internal sealed class Fleet : IAsyncDisposable
{
    private readonly FaultOptions _options;
    private readonly IFaultStores _stores;
    private readonly FaultPorts _ports;
    private readonly FaultHistory _history;
    private readonly BrokerControl _broker;
    private readonly Dictionary<string, Instance> _instances = [];
    private readonly ConcurrentDictionary<string, string> _active = new();
    private readonly ConcurrentDictionary<string, int> _clockOffsetsMs = new();
    private readonly ConcurrentDictionary<string, int> _lives = new();
    private readonly SemaphoreSlim _moving = new(1);
    private volatile DeliveryFaultPolicy _policy = new();
    private volatile bool _arms;

    public Fleet(FaultOptions options, IFaultStores stores, FaultPorts ports, FaultHistory history)
    {
        _options = options;
        _stores = stores;
        _ports = ports;
        _history = history;
        _broker = new BrokerControl(ports.Control);
        foreach (var app in FaultPorts.Apps)
            _active[app] = Instances.OfServices.First(instance => Instances.AppOf(instance) == app);
        _instances[Instances.Sidecar] = new Instance(
            Instances.Sidecar, ports.Control, StartSidecar, () => null, _ => { }, SidecarDied, history);
        foreach (var name in Instances.OfServices)
        {
            _instances[name] = new Instance(
                name, ports.Service(name), crash => StartService(name, crash), () => NextCrash(name), ServiceReady,
                ServiceDied, history);
        }
    }

    public Instance this[string name] => _instances[name];

    public IEnumerable<TimeSpan> ServiceStartTimes =>
        Instances.OfServices.SelectMany(name => _instances[name].StartTimes);

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var instance in _instances.Values)
            instance.Start();
        await WaitReadyAsync(cancellationToken);
    }

    /// <summary>Disturbs the broker, and from now on arms what starts.</summary>
    public async Task DisturbAsync(DeliveryFaultPolicy policy, CancellationToken cancellationToken)
    {
        _arms = true;
        _policy = policy;
        await _broker.DisturbAsync(policy, cancellationToken);
    }

    /// <summary>Kills what would still end at a crash point, and arms nothing any more. Writers may go on.</summary>
    public async Task DisarmAsync(CancellationToken cancellationToken)
    {
        _arms = false;
        _clockOffsetsMs.Clear();
        foreach (var instance in _instances.Values)
            instance.Continue();
        await Task.WhenAll(_instances.Values.Where(instance => instance.IsArmed)
            .Select(instance => instance.KillAsync(cancellationToken)));
        await WaitReadyAsync(cancellationToken);
    }

    /// <summary>Ends all disturbance: everything runs, and the broker does its best.</summary>
    public async Task CalmAsync(CancellationToken cancellationToken)
    {
        await WaitReadyAsync(cancellationToken);
        _policy = new DeliveryFaultPolicy();
        await _broker.DisturbAsync(_policy, cancellationToken);
    }

    /// <summary>Kills a process as soon as it takes calls.</summary>
    public Task KillAsync(string name, CancellationToken cancellationToken) =>
        _instances[name].KillAsync(cancellationToken);

    /// <summary>Does something while no process of a service runs.</summary>
    public async Task WithoutAsync(string app, Func<Task> actAsync, CancellationToken cancellationToken)
    {
        var all = Instances.OfServices.Where(name => Instances.AppOf(name) == app)
            .Select(name => _instances[name]).ToList();
        await Task.WhenAll(all.Select(instance => instance.HoldAsync(cancellationToken)));
        try
        {
            await actAsync();
        }
        finally
        {
            foreach (var instance in all)
                instance.Release();
        }

        await WaitReadyAsync(cancellationToken);
    }

    /// <summary>Starts an instance again with another clock.</summary>
    public Task SkewAsync(string name, int offsetMs, CancellationToken cancellationToken)
    {
        _clockOffsetsMs[name] = offsetMs;
        return _instances[name].RestartAsync(cancellationToken);
    }

    public Task UnskewAsync(string name, CancellationToken cancellationToken) =>
        _clockOffsetsMs.TryRemove(name, out _) ? _instances[name].RestartAsync(cancellationToken) : Task.CompletedTask;

    /// <summary>Lets a service's calls and events go to one of its instances.</summary>
    public Task MoveAsync(string instance, CancellationToken cancellationToken)
    {
        var app = Instances.AppOf(instance);
        _active[app] = instance;
        return AttachAsync(app, cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var instance in _instances.Values)
            instance.Continue();
        await Task.WhenAll(_instances.Values.Select(instance => instance.EndAsync()));
        foreach (var instance in _instances.Values)
            instance.Dispose();
        _broker.Dispose();
        _moving.Dispose();
    }

    private Task WaitReadyAsync(CancellationToken cancellationToken) =>
        Task.WhenAll(_instances.Values.Select(instance => instance.WaitReadyAsync(cancellationToken)));

    private ArmedCrash? NextCrash(string name)
    {
        if (!_arms || _clockOffsetsMs.ContainsKey(name))
            return null;
        var crashes = _options.Schedule.Crashes[name];
        return crashes[_lives.AddOrUpdate(name, 0, (_, life) => life + 1) % crashes.Count];
    }

    // What a platform does: calls go to the instance that is there. They come back with its next end, not before.
    // Not waited for: the sidecars' process may be away too, and nobody's next life is to wait for another's.
    private void ServiceDied(Instance instance)
    {
        var app = Instances.AppOf(instance.Name);
        if (_active[app] == instance.Name && Instances.TwinOf(instance.Name) is { } twin && _instances[twin].IsReady
            && !_clockOffsetsMs.ContainsKey(twin))
            _ = TryAsync(() => MoveAsync(twin, CancellationToken.None));
    }

    // Beside the new life, which has to start first. It was started with the instances that were active then.
    private void SidecarDied(Instance instance) => _ = TryAsync(async () =>
    {
        await _broker.DisturbAsync(_policy, CancellationToken.None);
        foreach (var app in FaultPorts.Apps)
            await AttachAsync(app, CancellationToken.None);
    });

    // A platform starts a sidecar with each life of its app. Ours outlives them, and would not ask a second time for
    // the subscriptions of an app that ended while it answered.
    private void ServiceReady(Instance instance)
    {
        var app = Instances.AppOf(instance.Name);
        if (_active[app] == instance.Name)
            _ = TryAsync(() => AttachAsync(app, CancellationToken.None));
    }

    // One at a time, each with what is true in its turn.
    private async Task AttachAsync(string app, CancellationToken cancellationToken)
    {
        await _moving.WaitAsync(cancellationToken);
        try
        {
            await _broker.MoveAppAsync(app, _ports.Service(_active[app]), cancellationToken);
        }
        finally
        {
            _moving.Release();
        }
    }

    private async Task TryAsync(Func<Task> actAsync)
    {
        try
        {
            await actAsync();
        }
        catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException
            or ObjectDisposedException)
        {
            // The sidecars' process is away for longer; whoever needs the change asks again.
            _history.Say($"the sidecar was not told: {exception.Message}");
        }
    }

    private MeshProcess StartSidecar(ArmedCrash? crash)
    {
        var arguments = new List<string>
        {
            "--components", _options.ComponentsDirectory,
            "--set", $"{StateStoreNames.Cache}:redisHost={_stores.RedisEndpoint}", "--fault-port", Text(_ports.Control),
            "--app", $"{FaultPorts.Edge}::{_ports.Grpc(FaultPorts.Edge)}:{_ports.Http(FaultPorts.Edge)}",
        };
        foreach (var app in FaultPorts.Apps)
        {
            var port = _ports.Service(_active[app]);
            arguments.AddRange(["--app", $"{app}:{port}:{_ports.Grpc(app)}:{_ports.Http(app)}"]);
        }

        return MeshProcess.Start(
            Program("Sidecar"), arguments, new Dictionary<string, string> { ["DOTNET_TieredPGO"] = "0" },
            LogOf(Instances.Sidecar));
    }

    private MeshProcess StartService(string name, ArmedCrash? crash)
    {
        var app = Instances.AppOf(name);
        var environment = new Dictionary<string, string>
        {
            ["APP_PORT"] = Text(_ports.Service(name)),
            ["DAPR_GRPC_PORT"] = Text(_ports.Grpc(app)),
            ["DaprSocial__Postgres"] = _stores.PostgresConnectionString,
            ["DaprSocial__Cache"] = "On",
            ["DaprSocial__WritePoolSizeMax"] = "12",
            ["DaprSocial__ReadPoolSizeMax"] = "12",
            ["Logging__LogLevel__Default"] = "Warning",
            [CrashPoint.Variable] = crash is null ? "" : $"{crash.Point}:{Text(crash.Count)}",
            [OffsetClock.Variable] = Text(_clockOffsetsMs.GetValueOrDefault(name)),
            // A life of seconds never pays back what profiling costs.
            ["DOTNET_TieredPGO"] = "0",
        };
        var program = char.ToUpperInvariant(app[0]) + app[1..];
        return MeshProcess.Start(Program(program), [], environment, LogOf(name));
    }

    private string Program(string name) => Path.Combine(_options.ProgramsDirectory, $"DaprSocial.{name}.dll");

    private string LogOf(string name) => Path.Combine(_options.LogsDirectory, $"{name.Replace('#', '-')}.log");

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);
}
