using Post = DaprSocial.Posts.Domain.Post;

namespace DaprSocial.Posts.Queries;

/// <summary>
/// What the viewer wrote and deleted that the projections may not know yet, to be laid over what they do know. Pure.
/// </summary>
/// <param name="Posts">The posts in their newest state, tombstones among them.</param>
internal sealed record OwnPosts(IReadOnlyList<Post> Posts)
{
    public IEnumerable<PostId> Ids => Posts.Select(post => post.Id);

    /// <summary>What is known, with these laid over it: newer states, and the replies counted that they are.</summary>
    /// <param name="projected">Of one state of the projections; has the views of all own posts that there are.</param>
    /// <param name="unprojected">Posts as their commands left them, their counts of the same state.</param>
    public Dictionary<PostId, ViewedPost> LayOver(
        IReadOnlyList<ViewedPost> projected, IReadOnlyList<ViewedPost> unprojected)
    {
        var found = projected.ToDictionary(view => view.Post.Id);
        var newer = Posts.Where(post =>
            (found.GetValueOrDefault(post.Id)?.Post.EntityVersion ?? 0) < post.EntityVersion).ToList();
        var replies = newer.Where(post => post.ReplyTo is not null).GroupBy(post => post.ReplyTo!.Value)
            .Select(parent => (
                parent.Key, parent.Sum(post => Count(post) - Count(found.GetValueOrDefault(post.Id)?.Post))))
            .ToList();
        foreach (var view in unprojected)
            found.TryAdd(view.Post.Id, view);
        foreach (var post in newer)
        {
            if (!found.TryGetValue(post.Id, out var view) || view.Post.EntityVersion < post.EntityVersion)
                found[post.Id] = (view ?? new ViewedPost(post, null, 0, 0, false, false)) with { Post = post };
        }

        foreach (var (parent, change) in replies)
        {
            if (found.TryGetValue(parent, out var view))
                found[parent] = view with { ReplyCount = view.ReplyCount + change };
        }

        return found;
    }

    private static int Count(Post? post) => post is { IsDeleted: false } ? 1 : 0;
}
