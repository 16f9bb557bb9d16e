using DaprSocial.Hosting;
using Microsoft.Extensions.Logging;

namespace DaprSocial.Projections;

/// <summary>What all versions of a projection have in common.</summary>
internal sealed record ProjectionParts<TBatch>(
    ProjectionDefinition<TBatch> Definition, IProjectionStore<TBatch> Effects, IReadOnlyList<Migration> Tables,
    SourceLogs Sources, ProjectionMetrics Metrics, ServiceIdentity Identity, IDatabase Database, TimeProvider Clock,
    ILoggerFactory Loggers)
    where TBatch : new();
