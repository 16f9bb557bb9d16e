using System.Diagnostics;
using DaprSocial.Ctl.Output;
using DaprSocial.Ctl.Processes;
using DaprSocial.Ctl.Stores;

namespace DaprSocial.Ctl.Mesh;

/// <summary>
/// The mesh as a command uses it: the one that runs already, or one started for the command and stopped with it.
/// </summary>
internal sealed class MeshSession : IAsyncDisposable
{
    private static readonly TimeSpan _readyTimeout = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan _pollInterval = TimeSpan.FromMilliseconds(100);

    private LocalMesh? _own;

    private MeshSession(Checkout checkout, MeshPorts ports, int processId)
    {
        ProcessId = processId;
        var settings = StoresSettings.ForMesh(checkout.DataDirectory, ports.Postgres, ports.Redis);
        Ports = ports;
        RedisEndpoint = settings.Redis.Endpoint;
        PostgresConnectionString = PostgresInstance.ConnectionString(
            ports.Postgres, LocalMesh.Database, new PostgresCluster(settings.Postgres).Password);
    }

    public MeshPorts Ports { get; }

    /// <summary>The process that runs services and sidecars.</summary>
    public int ProcessId { get; }

    /// <summary>To the database <see cref="LocalMesh.Database"/>.</summary>
    public string PostgresConnectionString { get; }

    public string RedisEndpoint { get; }

    /// <summary>Whether this session has started the mesh, and will stop it.</summary>
    public bool Started => _own is not null;

    /// <param name="portBase">From <c>--port-base</c>; a mesh that runs already keeps its own ports.</param>
    /// <param name="startedBy">The command, as other commands name it to a person.</param>
    public static async Task<MeshSession> OpenAsync(
        Checkout checkout,
        int? portBase,
        string startedBy,
        IProgressReport progress,
        ShutdownSignals signals)
    {
        if (await FindReadyAsync(checkout, progress, signals.Token) is { } running)
        {
            progress.Say($"  using the mesh that runs already (process {running.Pid}, ports from {running.PortBase})");
            return new MeshSession(checkout, running.Ports, running.Pid);
        }

        var ports = MeshPorts.Choose(portBase);
        var own = await LocalMesh.StartNewAsync(checkout, ports, MeshRoles.All, startedBy, progress, signals);
        return new MeshSession(checkout, ports, Environment.ProcessId) { _own = own };
    }

    public ValueTask DisposeAsync() => _own?.DisposeAsync() ?? ValueTask.CompletedTask;

    /// <returns>Null when no mesh runs; one that is starting is waited for.</returns>
    private static async Task<MeshState?> FindReadyAsync(
        Checkout checkout, IProgressReport progress, CancellationToken cancellationToken)
    {
        var file = new MeshStateFile(checkout.DataDirectory);
        if (file.FindRunning() is not { } state)
            return null;
        return state.Phase == MeshPhase.Ready
            ? state
            : await progress.StepAsync(
                $"wait for the mesh of process {state.Pid}", say => WaitAsync(file, say, cancellationToken));
    }

    private static async Task<MeshState?> WaitAsync(
        MeshStateFile file, Action<string> say, CancellationToken cancellationToken)
    {
        var watch = Stopwatch.StartNew();
        while (file.FindRunning() is { } state)
        {
            if (state.Phase == MeshPhase.Ready)
                return state;
            if (watch.Elapsed > _readyTimeout)
            {
                throw new CtlException(
                    $"The mesh of process {state.Pid} does not get ready.", "Stop it with ./social down.");
            }

            say(state.Phase == MeshPhase.Starting ? "it is starting" : "it is stopping");
            await Task.Delay(_pollInterval, cancellationToken);
        }

        return null;
    }
}
