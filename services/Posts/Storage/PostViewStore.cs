using System.Data;
using Dapper;
using DaprSocial.Hosting;
using DaprSocial.Paging;
using DaprSocial.Posts.Queries;
using DaprSocial.Posts.V1;
using Npgsql;
using Post = DaprSocial.Posts.Domain.Post;

namespace DaprSocial.Posts.Storage;

/// <summary>Reads the projections, for queries.</summary>
internal sealed class PostViewStore(ReadSource source)
{
    private const string BlockedColumn = """
        exists (select 1 from block_edge b where b.blocker_id = @viewer and b.blocked_id = v.author_id and b.blocking)
            or exists (
                select 1 from block_edge b where b.blocker_id = v.author_id and b.blocked_id = @viewer and b.blocking)
            as blocked
        """;

    private const string ReadBlocked = """
        select exists (select 1 from block_edge b where b.blocker_id = @one and b.blocked_id = @other and b.blocking)
            or exists (select 1 from block_edge b where b.blocker_id = @other and b.blocked_id = @one and b.blocking)
        """;

    private const string Columns = $"""
        v.post_id, v.author_id, v.text, v.reply_to, v.parent_author_id, v.root_id, v.language, v.visibility, v.media,
        v.deleted, v.entity_version, v.after, coalesce(n.like_count, 0) as like_count,
        coalesce(n.reply_count, 0) as reply_count,
        coalesce(r.liked, false) as viewer_liked, {BlockedColumn}
        """;

    private const string Joins = """
        left join post_count n on n.post_id = v.post_id
        left join post_reaction r on r.user_id = @viewer and r.post_id = v.post_id
        """;

    private const string ReadMany = $"select {Columns} from post_view v {Joins} where v.post_id = any(@ids)";

    // The command side's row in place of the view that is not there yet; counts and reactions may be there before it.
    private const string ReadManyUnprojected = $"""
        select {Columns}
        from (
            select id as post_id, author_id, text, reply_to, parent_author_id, root_id, language, visibility, media,
                deleted, entity_version, null::text as after
            from post where id = any(@ids)
        ) v {Joins}
        """;

    private const string ReadCounts = $"""
        select v.post_id, coalesce(n.like_count, 0) as like_count, coalesce(n.reply_count, 0) as reply_count,
            coalesce(r.liked, false) as viewer_liked, {BlockedColumn}
        from unnest(@ids, @authors) as v(post_id, author_id) {Joins}
        """;

    private const string ReadReplies = $"""
        select {Columns} from post_view v {Joins}
        where v.reply_to = @parent and not v.deleted and v.post_id < @before
        order by v.post_id desc limit @limit
        """;

    /// <summary>Reads posts, tombstones among them, in no particular order.</summary>
    public Task<IReadOnlyList<ViewedPost>> ReadAsync(
        IReadOnlyCollection<PostId> ids, UserId? viewer, CancellationToken cancellationToken) =>
        QueryAsync(
            ReadMany, new { ids = ids.Select(id => id.Value).ToArray(), viewer = viewer?.Value }, cancellationToken);

    /// <summary>
    /// Reads posts that no event has been applied of yet, as their commands left them. What such a post was written
    /// after is only known from its event.
    /// </summary>
    public Task<IReadOnlyList<ViewedPost>> ReadUnprojectedAsync(
        IReadOnlyCollection<PostId> ids, UserId? viewer, CancellationToken cancellationToken) =>
        QueryAsync(
            ReadManyUnprojected, new { ids = ids.Select(id => id.Value).ToArray(), viewer = viewer?.Value },
            cancellationToken);

    /// <summary>Adds what changes with others' events, and what depends on the viewer, to views without.</summary>
    public async Task<IReadOnlyList<ViewedPost>> ReadCountsAsync(
        IReadOnlyDictionary<PostId, ViewedPost> views, UserId? viewer, CancellationToken cancellationToken)
    {
        if (views.Count == 0)
            return [];
        var parameters = new
        {
            ids = views.Keys.Select(id => id.Value).ToArray(),
            authors = views.Values.Select(view => view.Post.AuthorId.Value).ToArray(),
            viewer = viewer?.Value,
        };
        await using var connection = await source.DataSource.OpenConnectionAsync(cancellationToken);
        var rows = await connection.QueryAsync<CountRow>(
            new CommandDefinition(ReadCounts, parameters, cancellationToken: cancellationToken));
        return
        [
            .. rows.Select(row => views[new PostId(row.PostId)] with
            {
                LikeCount = row.LikeCount, ReplyCount = row.ReplyCount, IsLikedByViewer = row.ViewerLiked,
                IsBlocked = row.Blocked,
            }),
        ];
    }

    /// <summary>Reads posts, those without a view as their commands left them, all from one state.</summary>
    public async Task<(IReadOnlyList<ViewedPost> Projected, IReadOnlyList<ViewedPost> Unprojected)> ReadAsOneAsync(
        IReadOnlyCollection<PostId> ids, UserId? viewer, CancellationToken cancellationToken)
    {
        await using var connection = await source.DataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(
            IsolationLevel.RepeatableRead, cancellationToken);
        var projected = await QueryAsync(
            ReadMany, new { ids = ids.Select(id => id.Value).ToArray(), viewer = viewer?.Value }, connection,
            cancellationToken);
        var unknown = ids.Except(projected.Select(view => view.Post.Id)).Select(id => id.Value).ToArray();
        var unprojected = await QueryAsync(
            ReadManyUnprojected, new { ids = unknown, viewer = viewer?.Value }, connection, cancellationToken);
        return (projected, unprojected);
    }

    /// <summary>Whether either of two users blocks the other, as far as that is known here.</summary>
    public async Task<bool> AreBlockedAsync(UserId one, UserId other, CancellationToken cancellationToken)
    {
        await using var connection = await source.DataSource.OpenConnectionAsync(cancellationToken);
        return await connection.QuerySingleAsync<bool>(new CommandDefinition(
            ReadBlocked, new { one = one.Value, other = other.Value }, cancellationToken: cancellationToken));
    }

    /// <summary>Reads a page of replies and one more, to know whether another page follows.</summary>
    public Task<IReadOnlyList<ViewedPost>> ReadRepliesAsync(
        PostId parent, PageRequest page, UserId? viewer, CancellationToken cancellationToken) =>
        QueryAsync(
            ReadReplies,
            new { parent = parent.Value, before = page.BeforeId, viewer = viewer?.Value, limit = page.Size + 1 },
            cancellationToken);

    private async Task<IReadOnlyList<ViewedPost>> QueryAsync(
        string sql, object parameters, CancellationToken cancellationToken)
    {
        await using var connection = await source.DataSource.OpenConnectionAsync(cancellationToken);
        return await QueryAsync(sql, parameters, connection, cancellationToken);
    }

    private static async Task<IReadOnlyList<ViewedPost>> QueryAsync(
        string sql, object parameters, NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var rows = await connection.QueryAsync<ViewRow>(
            new CommandDefinition(sql, parameters, cancellationToken: cancellationToken));
        return [.. rows.Select(row => row.ToView())];
    }

    private sealed record CountRow(Guid PostId, long LikeCount, long ReplyCount, bool ViewerLiked, bool Blocked);

    private sealed record ViewRow(
        Guid PostId, Guid AuthorId, string Text, Guid? ReplyTo, Guid? ParentAuthorId, Guid? RootId, string Language,
        short Visibility, string Media, bool Deleted, long EntityVersion, string? After, long LikeCount,
        long ReplyCount, bool ViewerLiked, bool Blocked)
    {
        public ViewedPost ToView() => new(
            new Post(
                new PostId(PostId), new UserId(AuthorId), Text, ReplyTo is { } reply ? new PostId(reply) : null,
                ParentAuthorId is { } parent ? new UserId(parent) : null, RootId is { } root ? new PostId(root) : null,
                Language, (Visibility)Visibility, Deleted, EntityVersion)
            {
                Media = AttachmentText.Decode(Media),
            },
            After, LikeCount, ReplyCount, ViewerLiked, Blocked);
    }
}
