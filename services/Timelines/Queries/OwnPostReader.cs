using DaprSocial.Projections;
using DaprSocial.Timelines.Domain;
using DaprSocial.Timelines.Storage;

namespace DaprSocial.Timelines.Queries;

/// <summary>Lays over a timeline what the viewer's token names and the projections lack.</summary>
internal sealed class OwnPostReader(ProjectionDefinition<TimelinesBatch> definition, TimelineStore timelines)
{
    /// <summary>The skeleton to read instead of another.</summary>
    /// <param name="query">On whose behalf, and with which own events.</param>
    /// <param name="inHome">True for the home timeline, which leaves out replies to those not followed.</param>
    /// <param name="skeletonAsync">The timeline as it was projected.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<Func<Guid, int, CancellationToken, Task<IReadOnlyList<EntryId>>>> OverAsync(
        TimelineQuery query, bool inHome,
        Func<Guid, int, CancellationToken, Task<IReadOnlyList<EntryId>>> skeletonAsync,
        CancellationToken cancellationToken)
    {
        if (query.Own.Count == 0 || query.Viewer is not { } viewer)
            return skeletonAsync;
        var own = new OwnPosts(definition.Fold(query.Own).Posts);
        // Before the skeleton: what gets projected in between is in it then, and counts once.
        own = own.Keep(await timelines.FindMissingAsync(viewer, own.Written, inHome, cancellationToken));
        return async (before, limit, token) =>
            own.LayOver(await skeletonAsync(before, limit + own.DeletedCount, token), before, limit);
    }
}
