using DaprSocial.Consistency.V1;
using DaprSocial.Identifiers;
using DaprSocial.Timelines.Domain;
using DaprSocial.Timelines.V1;
using Google.Protobuf.WellKnownTypes;

namespace DaprSocial.Timelines.Queries;

/// <summary>Reads a page of any timeline in four steps: skeleton → hydrate → filter → present.</summary>
internal sealed class TimelineReader(EntryHydrator hydrator)
{
    // A page that the filter emptied is filled up again, at most so often; then it is short, and its token goes on.
    private const int RoundsMax = 10;

    /// <param name="query">What is asked.</param>
    /// <param name="skeletonAsync">The timeline: ids below an id, newest first, at most so many.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<TimelinePage> ReadAsync(
        TimelineQuery query, Func<Guid, int, CancellationToken, Task<IReadOnlyList<EntryId>>> skeletonAsync,
        CancellationToken cancellationToken)
    {
        var entries = new List<TimelineEntry>();
        var (before, isComplete, behind) = (query.Page.BeforeId, true, (Freshness?)null);
        for (var round = 0; ; round++)
        {
            var wanted = query.Page.Size - entries.Count;
            // One more than wanted tells whether another page follows.
            var skeleton = await skeletonAsync(before, wanted + 1, cancellationToken);
            var hasMore = skeleton.Count > wanted;
            var taken = skeleton.Take(wanted).ToList();
            var hydration = await HydrateAsync(taken, query, cancellationToken);
            entries.AddRange(Filter(taken, hydration).Select(entry => Present(entry, hydration)));
            isComplete &= hydration is null or { Posts: not null, UndecidedCount: 0 };
            behind ??= hydration?.Behind;
            before = taken.Count > 0 ? taken[^1].PostId.Value : before;
            if (!hasMore || entries.Count == query.Page.Size || round == RoundsMax)
                return new TimelinePage(entries, query.Page.NextToken(hasMore, before), isComplete, behind);
        }
    }

    /// <returns>Null when the entries are wanted as ids only.</returns>
    private async Task<Hydration?> HydrateAsync(
        List<EntryId> entries, TimelineQuery query, CancellationToken cancellationToken) =>
        query.View == View.Ids || entries.Count == 0
            ? null
            : await hydrator.HydrateAsync(entries, query, cancellationToken);

    /// <summary>Leaves out what its owner says is gone or not for the viewer.</summary>
    private static IEnumerable<EntryId> Filter(List<EntryId> entries, Hydration? hydration) =>
        hydration?.Posts is { } posts ? entries.Where(entry => posts.ContainsKey(entry.PostId.ToString())) : entries;

    private static TimelineEntry Present(EntryId entry, Hydration? hydration)
    {
        var (postId, authorId) = (entry.PostId.ToString(), entry.AuthorId.ToString());
        return new TimelineEntry
        {
            PostId = postId,
            AuthorId = authorId,
            CreateTime = Uuid.GetTime(entry.PostId.Value).ToTimestamp(),
            Post = hydration?.Posts?.GetValueOrDefault(postId),
            Author = hydration?.Authors.GetValueOrDefault(authorId),
        };
    }
}
