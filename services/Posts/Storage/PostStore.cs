using DaprSocial.EventLog;
using DaprSocial.Posts.V1;
using Post = DaprSocial.Posts.Domain.Post;

namespace DaprSocial.Posts.Storage;

/// <summary>The command side's tables: posts and reactions.</summary>
internal static class PostStore
{
    private const string Columns =
        "id, author_id, text, reply_to, parent_author_id, root_id, language, visibility, media, deleted, "
        + "entity_version";

    private const string FindOne = $"select {Columns} from post where id = @id";
    private const string LockOne = $"select {Columns} from post where id = @id for update";

    private const string InsertOne = $"""
        insert into post ({Columns})
        values (
            @id, @authorId, @text, @replyTo, @parentAuthorId, @rootId, @language, @visibility, @media, false, 1)
        """;

    private const string UpdateOne = """
        update post
        set text = @text, language = @language, media = @media, deleted = @deleted, entity_version = @entityVersion
        where id = @id
        """;

    private const string LockReaction =
        "select liked, entity_version from reaction where user_id = @user and post_id = @post for update";

    private const string PutReaction = """
        insert into reaction (user_id, post_id, liked, entity_version) values (@user, @post, @liked, @version)
        on conflict (user_id, post_id) do update
        set liked = excluded.liked, entity_version = excluded.entity_version
        """;

    private const string DeleteSome = """
        update post p
        set text = '', language = '', media = '', deleted = true, entity_version = p.entity_version + 1
        where p.id in (
            select id from post where author_id = @user and not deleted order by id limit @limit for update)
        returning p.id, p.reply_to, p.entity_version
        """;

    private const string UnlikeSome = """
        update reaction r set liked = false, entity_version = r.entity_version + 1
        where r.user_id = @user and r.post_id in (
            select post_id from reaction where user_id = @user and liked order by post_id limit @limit for update)
        returning r.post_id, r.entity_version
        """;

    public static Task<Post?> FindAsync(PostId id, CommandTransaction command, CancellationToken cancellationToken) =>
        FindAsync(FindOne, id, command, cancellationToken);

    public static Task<Post?> LockAsync(PostId id, CommandTransaction command, CancellationToken cancellationToken) =>
        FindAsync(LockOne, id, command, cancellationToken);

    public static Task InsertAsync(Post post, CommandTransaction command, CancellationToken cancellationToken)
    {
        var parameters = new
        {
            id = post.Id.Value, authorId = post.AuthorId.Value, text = post.Text, replyTo = post.ReplyTo?.Value,
            parentAuthorId = post.ParentAuthorId?.Value, rootId = post.RootId?.Value, language = post.Language,
            visibility = (short)post.Visibility, media = AttachmentText.Encode(post.Media),
        };
        return command.ExecuteAsync(InsertOne, parameters, cancellationToken);
    }

    public static Task UpdateAsync(Post post, CommandTransaction command, CancellationToken cancellationToken)
    {
        var parameters = new
        {
            id = post.Id.Value, text = post.Text, language = post.Language, media = AttachmentText.Encode(post.Media),
            deleted = post.IsDeleted, entityVersion = post.EntityVersion,
        };
        return command.ExecuteAsync(UpdateOne, parameters, cancellationToken);
    }

    /// <summary>The user's reaction to a post, locked; never liked with version 0 when there was none yet.</summary>
    public static Task<(bool IsLiked, long EntityVersion)> LockReactionAsync(
        UserId user, PostId post, CommandTransaction command, CancellationToken cancellationToken) =>
        command.FindAsync<(bool, long)>(
            LockReaction, new { user = user.Value, post = post.Value }, cancellationToken);

    public static Task PutReactionAsync(
        UserId user, PostId post, bool isLiked, long entityVersion, CommandTransaction command,
        CancellationToken cancellationToken)
    {
        var parameters = new { user = user.Value, post = post.Value, liked = isLiked, version = entityVersion };
        return command.ExecuteAsync(PutReaction, parameters, cancellationToken);
    }

    /// <summary>Deletes up to so many posts of an author.</summary>
    /// <returns>Each with the post that it answered and its new version, oldest first.</returns>
    public static async Task<IReadOnlyList<(PostId Id, PostId? ReplyTo, long Version)>> DeleteSomeAsync(
        UserId author, int limit, CommandTransaction command, CancellationToken cancellationToken)
    {
        var rows = await command.ReadAsync<(Guid Id, Guid? ReplyTo, long Version)>(
            DeleteSome, new { user = author.Value, limit }, cancellationToken);
        return
        [
            .. rows.OrderBy(row => row.Id).Select(row => (
                new PostId(row.Id), row.ReplyTo is { } parent ? new PostId(parent) : (PostId?)null, row.Version)),
        ];
    }

    /// <summary>Takes back up to so many likes of a user.</summary>
    /// <returns>The posts, each with the new version of the reaction to it.</returns>
    public static async Task<IReadOnlyList<(PostId Post, long Version)>> UnlikeSomeAsync(
        UserId user, int limit, CommandTransaction command, CancellationToken cancellationToken)
    {
        var rows = await command.ReadAsync<(Guid Post, long Version)>(
            UnlikeSome, new { user = user.Value, limit }, cancellationToken);
        return [.. rows.Select(row => (new PostId(row.Post), row.Version))];
    }

    private static async Task<Post?> FindAsync(
        string sql, PostId id, CommandTransaction command, CancellationToken cancellationToken)
    {
        var row = await command.FindAsync<PostRow>(sql, new { id = id.Value }, cancellationToken);
        return row?.ToPost();
    }

    private sealed record PostRow(
        Guid Id, Guid AuthorId, string Text, Guid? ReplyTo, Guid? ParentAuthorId, Guid? RootId, string Language,
        short Visibility, string Media, bool Deleted, long EntityVersion)
    {
        public Post ToPost() => new(
            new PostId(Id), new UserId(AuthorId), Text, ReplyTo is { } reply ? new PostId(reply) : null,
            ParentAuthorId is { } parent ? new UserId(parent) : null, RootId is { } root ? new PostId(root) : null,
            Language, (Visibility)Visibility, Deleted, EntityVersion)
        {
            Media = AttachmentText.Decode(Media),
        };
    }
}
