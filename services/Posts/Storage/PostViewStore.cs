using Dapper;
using DaprSocial.Hosting;
using DaprSocial.Paging;
using DaprSocial.Posts.Queries;
using DaprSocial.Posts.V1;
using Post = DaprSocial.Posts.Domain.Post;

namespace DaprSocial.Posts.Storage;

/// <summary>Reads the projections, for queries.</summary>
internal sealed class PostViewStore(ReadSource source)
{
    private const string Columns = """
        v.post_id, v.author_id, v.text, v.reply_to, v.parent_author_id, v.root_id, v.language, v.visibility, v.deleted,
        v.entity_version, v.after, coalesce(n.like_count, 0) as like_count, coalesce(n.reply_count, 0) as reply_count,
        coalesce(r.liked, false) as viewer_liked
        """;

    private const string Joins = """
        left join post_count n on n.post_id = v.post_id
        left join post_reaction r on r.user_id = @viewer and r.post_id = v.post_id
        """;

    private const string ReadMany = $"select {Columns} from post_view v {Joins} where v.post_id = any(@ids)";

    private const string ReadReplies = $"""
        select {Columns} from post_view v {Joins}
        where v.reply_to = @parent and not v.deleted and v.post_id < @before
        order by v.post_id desc limit @limit
        """;

    /// <summary>Reads posts, tombstones among them, in no particular order.</summary>
    public async Task<IReadOnlyList<ViewedPost>> ReadAsync(
        IReadOnlyCollection<PostId> ids, UserId? viewer, CancellationToken cancellationToken)
    {
        await using var connection = await source.DataSource.OpenConnectionAsync(cancellationToken);
        var rows = await connection.QueryAsync<ViewRow>(new CommandDefinition(
            ReadMany, new { ids = ids.Select(id => id.Value).ToArray(), viewer = viewer?.Value },
            cancellationToken: cancellationToken));
        return [.. rows.Select(row => row.ToView())];
    }

    /// <summary>
    /// Reads posts that no event has been applied of yet, as their commands left them; nobody has reacted.
    /// </summary>
    public async Task<IReadOnlyList<ViewedPost>> ReadUnprojectedAsync(
        IReadOnlyCollection<PostId> ids, CancellationToken cancellationToken)
    {
        await using var connection = await source.DataSource.OpenConnectionAsync(cancellationToken);
        var posts = await PostStore.FindAsync(ids, connection, cancellationToken);
        // What such a post was written after is only known from its event; a post that is not public waits for that.
        return [.. posts.Where(post => post.Visibility == Visibility.Public)
            .Select(post => new ViewedPost(post, "", 0, 0, IsLikedByViewer: false))];
    }

    /// <summary>Reads a page of replies and one more, to know whether another page follows.</summary>
    public async Task<IReadOnlyList<ViewedPost>> ReadRepliesAsync(
        PostId parent, PageRequest page, UserId? viewer, CancellationToken cancellationToken)
    {
        await using var connection = await source.DataSource.OpenConnectionAsync(cancellationToken);
        var rows = await connection.QueryAsync<ViewRow>(new CommandDefinition(
            ReadReplies,
            new { parent = parent.Value, before = page.BeforeId, viewer = viewer?.Value, limit = page.Size + 1 },
            cancellationToken: cancellationToken));
        return [.. rows.Select(row => row.ToView())];
    }

    private sealed record ViewRow(
        Guid PostId, Guid AuthorId, string Text, Guid? ReplyTo, Guid? ParentAuthorId, Guid? RootId, string Language,
        short Visibility, bool Deleted, long EntityVersion, string After, long LikeCount, long ReplyCount,
        bool ViewerLiked)
    {
        public ViewedPost ToView() => new(
            new Post(
                new PostId(PostId), new UserId(AuthorId), Text, ReplyTo is { } reply ? new PostId(reply) : null,
                ParentAuthorId is { } parent ? new UserId(parent) : null, RootId is { } root ? new PostId(root) : null,
                Language, (Visibility)Visibility, Deleted, EntityVersion),
            After, LikeCount, ReplyCount, ViewerLiked);
    }
}
