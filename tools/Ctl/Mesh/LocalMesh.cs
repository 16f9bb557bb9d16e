using System.Globalization;
using DaprSocial.Ctl.Output;
using DaprSocial.Ctl.Processes;
using DaprSocial.Ctl.Stores;

namespace DaprSocial.Ctl.Mesh;

/// <summary>
/// The mesh that this process runs: stores, sidecars and services, started in order and stopped in reverse.
/// </summary>
internal sealed class LocalMesh : IAsyncDisposable
{
    public const string Database = "daprsocial";

    // Long enough for a run that is just ending to let go of the lock.
    private static readonly TimeSpan _lockTimeout = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan _hostStopTimeout = TimeSpan.FromSeconds(30);

    private readonly Checkout _checkout;
    private readonly MeshPorts _ports;
    private readonly string _roles;
    private readonly string _startedBy;
    private readonly IProgressReport _progress;
    private readonly MeshStateFile _file;
    private readonly StoresSettings _settings;

    private LockFile? _lock;
    private LocalStores? _stores;
    private MeshHost? _host;

    private LocalMesh(Checkout checkout, MeshPorts ports, string roles, string startedBy, IProgressReport progress)
    {
        _checkout = checkout;
        _ports = ports;
        _roles = roles;
        _startedBy = startedBy;
        _progress = progress;
        _file = new MeshStateFile(checkout.DataDirectory);
        _settings = StoresSettings.ForMesh(checkout.DataDirectory, ports.Postgres, ports.Redis);
    }

    /// <summary>Starts everything, or, where that fails or is cancelled, stops again what it had started.</summary>
    public static async Task<LocalMesh> StartNewAsync(
        Checkout checkout,
        MeshPorts ports,
        string roles,
        string startedBy,
        IProgressReport progress,
        ShutdownSignals signals)
    {
        var mesh = new LocalMesh(checkout, ports, roles, startedBy, progress);
        signals.OnForce(mesh.ForceStopAsync);
        try
        {
            await mesh.StartAsync(signals.Token);
            return mesh;
        }
        catch
        {
            await mesh.DisposeAsync();
            throw;
        }
    }

    /// <summary>To the database of the command stores and projections.</summary>
    public string PostgresConnectionString => _stores?.Postgres.ConnectionString(Database)
        ?? throw new InvalidOperationException("The mesh is not started.");

    /// <inheritdoc cref="LocalStores.WaitForLossAsync"/>
    public Task<string> WaitForLossAsync(CancellationToken cancellationToken) =>
        _stores?.WaitForLossAsync(cancellationToken) ?? throw new InvalidOperationException("The mesh is not started.");

    /// <summary>Ends the stores at once, for when the process is about to end too.</summary>
    public Task ForceStopAsync() => _stores?.ForceStopAsync() ?? Task.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        if (_lock is null)
            return;
        if (_stores is not null)
            Announce(MeshPhase.Stopping);
        if (_host is { } host)
            await _progress.StepAsync("stop services and sidecars", say => StopHostAsync(host, say));
        if (_stores is { } stores)
            await stores.DisposeAsync();
        _file.Delete();
        _lock.Dispose();
        _lock = null;
    }

    private async Task StartAsync(CancellationToken cancellationToken)
    {
        _lock = await LockFile.TakeAsync(_file.LockPath, _lockTimeout, cancellationToken) ?? throw AlreadyRunning();
        PortCheck.ThrowIfTaken(_ports, LocalStores.PortsHeld(_settings));
        Announce(MeshPhase.Starting);
        _stores = new LocalStores(_settings, _progress);
        await _stores.StartAsync(cancellationToken);
        await _stores.Postgres.CreateDatabaseIfMissingAsync(Database, cancellationToken);
        var options = new MeshOptions(
            _ports,
            _stores.Postgres.ConnectionString(Database),
            _settings.Redis.Endpoint,
            _checkout.ComponentsDirectory,
            Path.Combine(_checkout.DataDirectory, "media"),
            _roles);
        _host = await MeshHost.StartAsync(options, _progress, cancellationToken);
        Announce(MeshPhase.Ready);
    }

    private static async Task StopHostAsync(MeshHost host, Action<string> say)
    {
        try
        {
            await host.DisposeAsync().AsTask().WaitAsync(_hostStopTimeout);
        }
        catch (TimeoutException)
        {
            // The stores must be stopped all the same; what hangs here ends with the process.
            say("they do not stop in time, going on without them");
        }
    }

    private void Announce(MeshPhase phase)
    {
        var process = ProcessIdentity.Current();
        _file.Write(new MeshState(process.Pid, process.StartTicks, _startedBy, phase, _ports.Base, _roles));
    }

    private CtlException AlreadyRunning()
    {
        var who = _file.FindRunning() is { } state
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"by ./social {state.StartedBy} (process {state.Pid}), ports from {state.PortBase}")
            : "and is just starting or stopping";
        return new CtlException(
            $"A mesh runs already in {_checkout.DataDirectory}, {who}.",
            "See it with ./social status, stop it with ./social down, or run another: --data DIR --port-base N.");
    }
}
