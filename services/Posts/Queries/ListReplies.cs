using DaprSocial.Consistency;
using DaprSocial.Paging;
using DaprSocial.Posts.Storage;

namespace DaprSocial.Posts.Queries;

internal sealed record ListReplies(PostId Parent, PageRequest Page, UserId? Viewer, ConsistencyToken Token);

internal sealed record RepliesPage(IReadOnlyList<ViewedPost> Replies, string NextPageToken);

internal sealed class ListRepliesHandler(PostViewStore views, PostVisibility visibility)
{
    /// <summary>
    /// A page is short, even empty, when the viewer may not see all of it; the next token goes on all the same.
    /// </summary>
    public async Task<RepliesPage> HandleAsync(ListReplies query, CancellationToken cancellationToken)
    {
        var rows = await views.ReadRepliesAsync(query.Parent, query.Page, query.Viewer, cancellationToken);
        var page = rows.Take(query.Page.Size).ToList();
        var sights = await visibility.DecideAsync(page, query.Viewer, query.Token, cancellationToken);
        var next = query.Page.NextToken(rows.Count > page.Count, page.Count == 0 ? default : page[^1].Post.Id.Value);
        return new RepliesPage([.. page.Where(view => sights[view.Post.Id] == Sight.Visible)], next);
    }
}
