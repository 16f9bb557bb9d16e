using DaprSocial.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace DaprSocial.Projections;

/// <summary>One version of a projection in this process: its tables, checkpoints, and the loops that feed it.</summary>
internal sealed class ProjectionVersion<TBatch> : IProjectionVersion
    where TBatch : new()
{
    /// <summary>
    /// How long a call may still read a version that was let go: a wait of at most 10 s, then a read.
    /// </summary>
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(15);

    private readonly WriteSource _write;
    private readonly NpgsqlDataSource _read;
    private readonly ProjectionParts<TBatch> _parts;

    public ProjectionVersion(int number, ProjectionParts<TBatch> parts)
    {
        _parts = parts;
        Number = number;
        Schema = SchemaOf(parts.Identity, number);
        var searchPath = $"{Schema},{parts.Identity.AppId}";
        _write = new WriteSource(parts.Database.Connect(searchPath, isReadOnly: false));
        _read = parts.Database.Connect(searchPath, isReadOnly: true);
        Read = new ReadSource(_read);
        Checkpoints = new CheckpointStore(_write, Read);
        Logs = new KnownLogs(Checkpoints);
        Applier = new BatchApplier<TBatch>(
            number, parts.Definition, parts.Effects, Checkpoints, Logs, Applied, parts.Metrics, parts.Identity,
            parts.Clock, parts.Loggers.CreateLogger<BatchApplier<TBatch>>());
        Engine = new ProjectionEngine<TBatch>(
            Applier, Checkpoints, parts.Sources, parts.Metrics, parts.Clock,
            parts.Loggers.CreateLogger<ProjectionEngine<TBatch>>());
        Sweep = new TailSweep<TBatch>(
            parts.Definition, Engine, Checkpoints, Logs, parts.Sources, parts.Clock,
            parts.Loggers.CreateLogger<TailSweep<TBatch>>());
        Lag = new LagWatch(
            parts.Definition.Topics, Checkpoints, Logs, Applied, parts.Sources, parts.Clock,
            parts.Loggers.CreateLogger<LagWatch>());
        Gate = new FreshnessGate(
            parts.Definition.Topics, Checkpoints, Logs, Applied, parts.Sources,
            new OwnEventReader(parts.Sources, parts.Definition.CanApply), Lag, parts.Clock);
    }

    public int Number { get; }

    public string Schema { get; }

    public ReadSource Read { get; }

    public FreshnessGate Gate { get; }

    public LagWatch Lag { get; }

    public CheckpointStore Checkpoints { get; }

    public KnownLogs Logs { get; }

    public AppliedVersions Applied { get; } = new();

    public BatchApplier<TBatch> Applier { get; }

    public ProjectionEngine<TBatch> Engine { get; }

    public TailSweep<TBatch> Sweep { get; }

    /// <summary>Ends with the first loop that does, which none should; null before the start.</summary>
    public Task<Task>? FirstEnd { get; private set; }

    public static string SchemaOf(ServiceIdentity identity, int number) => $"{identity.AppId}_v{number}";

    public Task MigrateAsync(CancellationToken cancellationToken) =>
        SchemaMigrator.MigrateAsync(_write.DataSource, Schema, _parts.Tables, _parts.Clock, cancellationToken);

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await Engine.StartAsync(cancellationToken);
        await Sweep.StartAsync(cancellationToken);
        FirstEnd = Task.WhenAny(Engine.ExecuteTask!, Sweep.ExecuteTask!);
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await Sweep.StopAsync(cancellationToken);
        await Engine.StopAsync(cancellationToken);
    }

    /// <summary>Closes the connections. Not by a container: a call may hold a version that was let go.</summary>
    public async Task CloseAsync()
    {
        Sweep.Dispose();
        Engine.Dispose();
        await Lag.StopAsync(CancellationToken.None);
        Lag.Dispose();
        await _write.DataSource.DisposeAsync();
        await _read.DisposeAsync();
    }
}
