using DaprSocial.Events;

namespace DaprSocial.Projections;

/// <summary>Fills a new version from the logs while the active one serves.</summary>
internal sealed class ProjectionRebuild<TBatch>(ProjectionParts<TBatch> parts)
    where TBatch : new()
{
    private const int BatchSizeMax = 512;

    // What a last round may leave to the feeding: writers that never rest must not keep a rebuild from its end.
    private const int RestMax = 1000;

    /// <summary>Applies the logs to the version until it has nearly all that they hold.</summary>
    /// <param name="version">Not fed by anybody else.</param>
    /// <param name="onProgress">Told after each batch how many events were read, of how many.</param>
    /// <param name="cancellationToken">Ends it; what was applied stays.</param>
    /// <exception cref="Grpc.Core.RpcException">An owner of a log does not answer.</exception>
    public async Task RunAsync(
        ProjectionVersion<TBatch> version, Func<long, long, Task> onProgress, CancellationToken cancellationToken)
    {
        var owners = Topics.OwnersOf(parts.Definition.Topics);
        var positions = owners.ToDictionary(owner => owner, _ => 0L);
        while (true)
        {
            var total = 0L;
            foreach (var owner in owners)
                total += await parts.Sources.ReadHeadAsync(owner, cancellationToken);
            if (total - positions.Values.Sum() <= (positions.Values.Sum() == 0 ? 0 : RestMax))
                return;
            foreach (var owner in owners)
            {
                await foreach (var rows in parts.Sources.ReadLogAsync(
                    owner, positions[owner], BatchSizeMax, cancellationToken))
                {
                    await ApplyAsync(version, rows, cancellationToken);
                    positions[owner] = rows[^1].Position;
                    await onProgress(positions.Values.Sum(), Math.Max(total, positions.Values.Sum()));
                }
            }
        }
    }

    private async Task ApplyAsync(
        ProjectionVersion<TBatch> version, IReadOnlyList<Events.V1.Event> rows, CancellationToken cancellationToken)
    {
        var events = new List<EventEnvelope>(rows.Count);
        foreach (var row in rows.Where(row => parts.Definition.Topics.Contains(row.Topic)))
        {
            if (EventEnvelope.TryRead(row, out var envelope))
                events.Add(envelope);
        }

        if (events.Count > 0)
            await version.Applier.ApplyAsync(events, cancellationToken);
    }
}
