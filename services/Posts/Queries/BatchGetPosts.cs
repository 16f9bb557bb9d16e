using DaprSocial.Consistency;
using DaprSocial.Posts.Storage;

namespace DaprSocial.Posts.Queries;

internal sealed record BatchGetPosts(IReadOnlyList<PostId> Ids, UserId? Viewer, ConsistencyToken Token);

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

internal sealed class BatchGetPostsHandler(PostViewStore views, PostVisibility visibility)
{
    public async Task<PostsFound> HandleAsync(BatchGetPosts query, CancellationToken cancellationToken)
    {
        var found = (await views.ReadAsync(query.Ids, query.Viewer, cancellationToken))
            .ToDictionary(view => view.Post.Id);
        var unprojected = await FindUnprojectedAsync(query, found, cancellationToken);
        foreach (var view in unprojected)
            found.Add(view.Post.Id, view);

        var sights = await visibility.DecideAsync(found.Values, query.Viewer, query.Token, cancellationToken);
        return new PostsFound(
            [.. In(Sight.Visible).Select(id => found[id])], [.. In(Sight.Hidden)], [.. In(Sight.Undecided)],
            unprojected.Count > 0);

        IEnumerable<PostId> In(Sight sight) =>
            query.Ids.Where(id => sights.GetValueOrDefault(id, Sight.Hidden) == sight);
    }

    // A timeline can know a post before this service's own projection does: it must not be missing from the page then.
    private async Task<IReadOnlyList<ViewedPost>> FindUnprojectedAsync(
        BatchGetPosts query, Dictionary<PostId, ViewedPost> found, CancellationToken cancellationToken)
    {
        var unknown = query.Ids.Where(id => !found.ContainsKey(id)).ToList();
        return unknown.Count == 0 ? [] : await views.ReadUnprojectedAsync(unknown, query.Viewer, cancellationToken);
    }
}
