using DaprSocial.Consistency;
using DaprSocial.Posts.Storage;
using DaprSocial.Projections;

namespace DaprSocial.Posts.Queries;

/// <param name="Ids">Which posts.</param>
/// <param name="Viewer">Who reads; null for nobody.</param>
/// <param name="Token">State of the viewer's follows that Graph must cover.</param>
/// <param name="Covered">State that the answer will say it covers.</param>
/// <param name="Own">The viewer's own events that have to be merged.</param>
internal sealed record BatchGetPosts(
    IReadOnlyList<PostId> Ids, UserId? Viewer, ConsistencyToken Token, ConsistencyToken Covered,
    IReadOnlyList<EventEnvelope> Own);

/// <summary>Posts as one viewer sees them, in the order asked.</summary>
/// <param name="Views">Those that the viewer may see.</param>
/// <param name="Missing">Those that are not there for the viewer.</param>
/// <param name="Undecided">Those that nobody could decide on.</param>
/// <param name="HasUnprojected">
/// True when some were read from the command side because no event was applied yet.
/// </param>
/// <param name="HasCached">True when some are from the cache.</param>
internal sealed record PostsFound(
    IReadOnlyList<ViewedPost> Views, IReadOnlyList<PostId> Missing, IReadOnlyList<PostId> Undecided,
    bool HasUnprojected, bool HasCached);

internal sealed class BatchGetPostsHandler(
    PostViewStore views, PostViewCache cache, PostVisibility visibility, ProjectionDefinition<PostsBatch> definition)
{
    public async Task<PostsFound> HandleAsync(BatchGetPosts query, CancellationToken cancellationToken)
    {
        var stored = await ReadAsync(query, cancellationToken);
        var found = stored.Views;
        var sights = await visibility.DecideAsync(found.Values, query.Viewer, query.Token, cancellationToken);
        return new PostsFound(
            [.. In(Sight.Visible).Select(id => found[id])], [.. In(Sight.Hidden)], [.. In(Sight.Undecided)],
            stored.HasUnprojected, stored.HasCached);

        IEnumerable<PostId> In(Sight sight) =>
            query.Ids.Where(id => sights.GetValueOrDefault(id, Sight.Hidden) == sight);
    }

    private async Task<StoredPosts> ReadAsync(BatchGetPosts query, CancellationToken cancellationToken)
    {
        var own = new OwnPosts([.. definition.Fold(query.Own).Posts.Select(change => change.Post)]);
        if (own.Posts.Count == 0)
        {
            return cache.IsOn
                ? await ReadThroughAsync(query, cancellationToken)
                : await ReadApartAsync(query.Ids, query.Viewer, cancellationToken);
        }

        // With own changes there are counts to correct, which needs one state of everything.
        var (projected, unprojected) = await views.ReadAsOneAsync(
            [.. query.Ids.Union(own.Ids)], query.Viewer, cancellationToken);
        return new StoredPosts(own.LayOver(projected, unprojected), unprojected.Count > 0, false);
    }

    private async Task<StoredPosts> ReadThroughAsync(BatchGetPosts query, CancellationToken cancellationToken)
    {
        var known = await cache.LookAsync(query.Ids, query.Covered, cancellationToken);
        var unknown = query.Ids.Where(id => !known.Views.ContainsKey(id) && !known.Deleted.Contains(id)).ToList();
        var counting = views.ReadCountsAsync(known.Views, query.Viewer, cancellationToken);
        var reading = ReadApartAsync(unknown, query.Viewer, cancellationToken);
        await Task.WhenAll(counting, reading);
        var read = await reading;
        await cache.FillAsync(known, read.Projected, cancellationToken);
        foreach (var view in await counting)
            read.Views.Add(view.Post.Id, view);
        return read with { HasCached = known.Views.Count > 0 };
    }

    private async Task<StoredPosts> ReadApartAsync(
        IReadOnlyList<PostId> ids, UserId? viewer, CancellationToken cancellationToken)
    {
        IReadOnlyList<ViewedPost> projected = ids.Count == 0
            ? []
            : await views.ReadAsync(ids, viewer, cancellationToken);
        var found = projected.ToDictionary(view => view.Post.Id);
        var unknown = ids.Where(id => !found.ContainsKey(id)).ToList();
        // A timeline can know a post before this service's own projection does: it must not be missing then.
        var unprojected = unknown.Count == 0
            ? []
            : await views.ReadUnprojectedAsync(unknown, viewer, cancellationToken);
        foreach (var view in unprojected)
            found.Add(view.Post.Id, view);
        return new StoredPosts(found, unprojected.Count > 0, false) { Projected = projected };
    }

    /// <summary>Posts as they are, for every viewer to be decided on.</summary>
    private sealed record StoredPosts(Dictionary<PostId, ViewedPost> Views, bool HasUnprojected, bool HasCached)
    {
        /// <summary>Those that the projection has.</summary>
        public IReadOnlyList<ViewedPost> Projected { get; init; } = [];
    }
}
