using DaprSocial.Consistency;
using DaprSocial.Posts.Storage;
using DaprSocial.Projections;

namespace DaprSocial.Posts.Queries;

/// <param name="Ids">Which posts.</param>
/// <param name="Viewer">Who reads; null for nobody.</param>
/// <param name="Token">State of the viewer's follows that Graph must cover.</param>
/// <param name="Own">The viewer's own events that have to be merged.</param>
internal sealed record BatchGetPosts(
    IReadOnlyList<PostId> Ids, UserId? Viewer, ConsistencyToken Token, IReadOnlyList<EventEnvelope> Own);

/// <summary>Posts as one viewer sees them, in the order asked.</summary>
/// <param name="Views">Those that the viewer may see.</param>
/// <param name="Missing">Those that are not there for the viewer.</param>
/// <param name="Undecided">Those that nobody could decide on.</param>
/// <param name="HasUnprojected">
/// True when some were read from the command side because no event was applied yet.
/// </param>
internal sealed record PostsFound(
    IReadOnlyList<ViewedPost> Views, IReadOnlyList<PostId> Missing, IReadOnlyList<PostId> Undecided,
    bool HasUnprojected);

internal sealed class BatchGetPostsHandler(
    PostViewStore views, PostVisibility visibility, ProjectionDefinition<PostsBatch> definition)
{
    public async Task<PostsFound> HandleAsync(BatchGetPosts query, CancellationToken cancellationToken)
    {
        var (found, hasUnprojected) = await ReadAsync(query, cancellationToken);
        var sights = await visibility.DecideAsync(found.Values, query.Viewer, query.Token, cancellationToken);
        return new PostsFound(
            [.. In(Sight.Visible).Select(id => found[id])], [.. In(Sight.Hidden)], [.. In(Sight.Undecided)],
            hasUnprojected);

        IEnumerable<PostId> In(Sight sight) =>
            query.Ids.Where(id => sights.GetValueOrDefault(id, Sight.Hidden) == sight);
    }

    private async Task<(Dictionary<PostId, ViewedPost> Found, bool HasUnprojected)> ReadAsync(
        BatchGetPosts query, CancellationToken cancellationToken)
    {
        var own = new OwnPosts([.. definition.Fold(query.Own).Posts.Select(change => change.Post)]);
        // With own changes there are counts to correct, which needs one state of everything.
        var (projected, unprojected) = own.Posts.Count == 0
            ? await ReadApartAsync(query, cancellationToken)
            : await views.ReadAsOneAsync([.. query.Ids.Union(own.Ids)], query.Viewer, cancellationToken);
        return (own.LayOver(projected, unprojected), unprojected.Count > 0);
    }

    private async Task<(IReadOnlyList<ViewedPost>, IReadOnlyList<ViewedPost>)> ReadApartAsync(
        BatchGetPosts query, CancellationToken cancellationToken)
    {
        var projected = await views.ReadAsync(query.Ids, query.Viewer, cancellationToken);
        var unknown = query.Ids.Except(projected.Select(view => view.Post.Id)).ToList();
        // A timeline can know a post before this service's own projection does: it must not be missing then.
        var unprojected = unknown.Count == 0
            ? []
            : await views.ReadUnprojectedAsync(unknown, query.Viewer, cancellationToken);
        return (projected, unprojected);
    }
}
