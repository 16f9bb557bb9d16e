using DaprSocial.Consistency.V1;
using DaprSocial.Search.Domain;
using DaprSocial.Search.Index;
using DaprSocial.Search.Storage;

namespace DaprSocial.Search.Queries;

internal sealed record SearchPosts(
    SearchExpression Expression, bool IsTop, int PageSize, PostCursor? Cursor, SearchCall Call);

/// <summary>A page as it is answered.</summary>
/// <param name="Hits">In the order asked for.</param>
/// <param name="Next">Where it goes on; null at the end.</param>
/// <param name="Corrections">Words that were taken for misspelt.</param>
/// <param name="IsComplete">False when some posts could not be decided on, or authors not asked for.</param>
/// <param name="Behind">Of Posts, when it lags or did not cover the token; null for not.</param>
internal sealed record PostPage(
    IReadOnlyList<FoundPost> Hits, PostCursor? Next, IReadOnlyDictionary<string, IReadOnlyList<string>> Corrections,
    bool IsComplete, Freshness? Behind);

/// <summary>Reads a page in steps as a timeline's: skeleton → hydrate → filter → present.</summary>
internal sealed class SearchPostsHandler(
    ISearchIndex index, FolloweeStore followees, FoundHydrator hydrator, TimeProvider clock)
{
    // A page that the filter emptied is filled up again, at most so often; then it is short, and its token goes on.
    private const int RoundsMax = 10;

    /// <summary>A query that finds less than this may be misspelt.</summary>
    internal const int FewHits = 3;

    // A post's id may be this much ahead of this process's clock, and has to be found all the same.
    private static readonly TimeSpan _clockTolerance = TimeSpan.FromSeconds(10);

    private static readonly IReadOnlyDictionary<string, IReadOnlyList<string>> _noCorrections =
        new Dictionary<string, IReadOnlyList<string>>();

    public async Task<PostPage> HandleAsync(SearchPosts query, CancellationToken cancellationToken)
    {
        var cursor = query.Cursor
            ?? new PostCursor(null, query.IsTop ? clock.GetUtcNow() + _clockTolerance : null, _noCorrections);
        if (await ResolveAsync(query, cursor, cancellationToken) is not { } search)
            return new PostPage([], null, _noCorrections, IsComplete: true, null);
        var page = await ReadAsync(query, search, cursor, cancellationToken);
        if (query.Cursor is not null || page.Next is not null || page.Hits.Count >= FewHits)
            return page;

        // Decided by what the viewer sees, and with words of public posts only: so it tells nothing of other posts.
        var similar = await index.FindSimilarAsync(
            [.. query.Expression.Required.Select(term => term.CorrectableWord).OfType<string>().Distinct()],
            cancellationToken);
        if (similar.Count == 0)
            return page;
        var corrected = query with { Expression = query.Expression.Correct(similar) };
        return await ReadAsync(
            corrected, search with { Required = corrected.Expression.Required },
            cursor with { Corrections = similar }, cancellationToken);
    }

    /// <returns>Null when a handle that nobody has leaves nothing to find.</returns>
    private async Task<PostSearch?> ResolveAsync(
        SearchPosts query, PostCursor cursor, CancellationToken cancellationToken)
    {
        var expression = query.Expression.Correct(cursor.Corrections);
        var authors = await FindAsync(expression.From);
        var parents = await FindAsync(expression.To);
        if (authors is { Count: 0 } || parents is { Count: 0 })
            return null;
        var followed = query.Call.Viewer is { } viewer ? await followees.ReadAsync(viewer, cancellationToken) : [];
        return new PostSearch(
            expression.Required, expression.Excluded, authors, parents, expression.Languages, expression.Since,
            expression.Until, expression.HasMedia, query.Call.Viewer, followed, new SearchOrder(cursor.AsOf),
            cursor.After, query.PageSize);

        async Task<IReadOnlyList<UserId>?> FindAsync(IReadOnlyList<string> handles) =>
            handles.Count == 0 ? null : await index.FindHandlesAsync(handles, cancellationToken);
    }

    private async Task<PostPage> ReadAsync(
        SearchPosts query, PostSearch search, PostCursor cursor, CancellationToken cancellationToken)
    {
        var hits = new List<(PostMatch Match, Posts.V1.PostView View)>();
        var (after, isComplete, behind) = (cursor.After, true, (Freshness?)null);
        for (var round = 0; ; round++)
        {
            var wanted = query.PageSize - hits.Count;
            // One more than wanted tells whether another page follows.
            var skeleton = await index.SearchPostsAsync(
                search with { After = after, Limit = wanted + 1 }, cancellationToken);
            var hasMore = skeleton.Count > wanted;
            var taken = skeleton.Take(wanted).ToList();
            if (taken.Count > 0)
            {
                var hydration = await hydrator.ReadPostsAsync(
                    [.. taken.Select(match => match.Id)], query.Call, cancellationToken);
                hits.AddRange(Filter(taken, hydration));
                isComplete &= hydration.UndecidedCount == 0;
                behind ??= hydration.Behind;
                after = taken[^1];
            }

            if (hasMore && hits.Count < query.PageSize && round < RoundsMax)
                continue;
            var (found, hasAuthors) = await PresentAsync(hits, search.Required, query.Call, cancellationToken);
            return new PostPage(
                found, hasMore ? cursor with { After = after } : null, cursor.Corrections, isComplete && hasAuthors,
                behind);
        }
    }

    /// <summary>Leaves out what Posts says is gone or not for the viewer.</summary>
    private static IEnumerable<(PostMatch, Posts.V1.PostView)> Filter(List<PostMatch> matches, Hydration hydration)
    {
        foreach (var match in matches)
        {
            if (hydration.Views.TryGetValue(match.Id.ToString(), out var view))
                yield return (match, view);
        }
    }

    private async Task<(IReadOnlyList<FoundPost> Found, bool HasAuthors)> PresentAsync(
        List<(PostMatch Match, Posts.V1.PostView View)> hits, IReadOnlyList<SearchTerm> terms, SearchCall call,
        CancellationToken cancellationToken)
    {
        var authors = await hydrator.FindUsersAsync(
            [.. hits.Select(hit => hit.View.Post.AuthorId).Distinct()], call, cancellationToken);
        var highlights = await index.HighlightAsync(
            terms, [.. hits.Select(hit => (hit.View.Post.Text, hit.View.Post.Language))], cancellationToken);
        var found = hits.Select((hit, i) => new FoundPost(
            hit.View, authors?.GetValueOrDefault(hit.View.Post.AuthorId), highlights[i]));
        return ([.. found], authors is not null);
    }
}
