using DaprSocial.EventLog;
using DaprSocial.Posts.V1;
using Post = DaprSocial.Posts.Domain.Post;

namespace DaprSocial.Posts.Storage;

/// <summary>The command side's tables: posts and reactions.</summary>
internal static class PostStore
{
    private const string Columns =
        "id, author_id, text, reply_to, parent_author_id, root_id, language, visibility, deleted, entity_version";

    private const string FindOne = $"select {Columns} from post where id = @id";
    private const string LockOne = $"select {Columns} from post where id = @id for update";

    private const string InsertOne = $"""
        insert into post ({Columns})
        values (@id, @authorId, @text, @replyTo, @parentAuthorId, @rootId, @language, @visibility, false, 1)
        """;

    private const string UpdateOne = """
        update post set text = @text, language = @language, deleted = @deleted, entity_version = @entityVersion
        where id = @id
        """;

    private const string LockReaction =
        "select liked, entity_version from reaction where user_id = @user and post_id = @post for update";

    private const string PutReaction = """
        insert into reaction (user_id, post_id, liked, entity_version) values (@user, @post, @liked, @version)
        on conflict (user_id, post_id) do update
        set liked = excluded.liked, entity_version = excluded.entity_version
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
            visibility = (short)post.Visibility,
        };
        return command.ExecuteAsync(InsertOne, parameters, cancellationToken);
    }

    public static Task UpdateAsync(Post post, CommandTransaction command, CancellationToken cancellationToken)
    {
        var parameters = new
        {
            id = post.Id.Value, text = post.Text, language = post.Language, deleted = post.IsDeleted,
            entityVersion = post.EntityVersion,
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

    private static async Task<Post?> FindAsync(
        string sql, PostId id, CommandTransaction command, CancellationToken cancellationToken)
    {
        var row = await command.FindAsync<PostRow>(sql, new { id = id.Value }, cancellationToken);
        return row?.ToPost();
    }

    private sealed record PostRow(
        Guid Id, Guid AuthorId, string Text, Guid? ReplyTo, Guid? ParentAuthorId, Guid? RootId, string Language,
        short Visibility, bool Deleted, long EntityVersion)
    {
        public Post ToPost() => new(
            new PostId(Id), new UserId(AuthorId), Text, ReplyTo is { } reply ? new PostId(reply) : null,
            ParentAuthorId is { } parent ? new UserId(parent) : null, RootId is { } root ? new PostId(root) : null,
            Language, (Visibility)Visibility, Deleted, EntityVersion);
    }
}
