using Dapper;
using DaprSocial.Caching;
using DaprSocial.Projections;
using Npgsql;

namespace DaprSocial.Posts.Storage;

/// <summary>Writes post views, reactions, counts, blocks, and which media are known.</summary>
internal sealed class PostProjectionStore(VersionedCache cache) : IProjectionStore<PostsBatch>
{
    // Counts move by the difference between the state before and after, in the transaction of the checkpoints, so they
    // cannot drift. "before" reads the statement's snapshot: the entity's own stream is locked by its checkpoint.
    private const string PutPosts = """
        with change as (
            select * from unnest(@ids, @authors, @texts, @replies, @parents, @roots, @languages, @visibilities,
                @media, @deleted, @afters, @versions)
                as c(post_id, author_id, text, reply_to, parent_author_id, root_id, language, visibility,
                    media, deleted, after, entity_version)
        ), before as (
            select post_id, deleted from post_view where post_id = any(@ids)
        ), put as (
            insert into post_view as v (post_id, author_id, text, reply_to, parent_author_id, root_id, language,
                visibility, media, deleted, after, entity_version)
            select * from change order by post_id
            on conflict (post_id) do update
            set text = excluded.text, language = excluded.language, media = excluded.media,
                parent_author_id = excluded.parent_author_id,
                root_id = excluded.root_id, visibility = excluded.visibility,
                deleted = excluded.deleted, after = excluded.after, entity_version = excluded.entity_version
            where v.entity_version < excluded.entity_version
            returning post_id, reply_to, deleted
        )
        insert into post_count as n (post_id, like_count, reply_count)
        select put.reply_to, 0, sum((not put.deleted)::int - (not coalesce(before.deleted, true))::int)
        from put left join before on before.post_id = put.post_id
        where put.reply_to is not null
        group by put.reply_to order by put.reply_to
        on conflict (post_id) do update set reply_count = n.reply_count + excluded.reply_count
        """;

    private const string PutReactions = """
        with change as (
            select * from unnest(@users, @posts, @liked, @versions) as c(user_id, post_id, liked, entity_version)
        ), before as (
            select r.user_id, r.post_id, r.liked
            from change join post_reaction r on r.user_id = change.user_id and r.post_id = change.post_id
        ), put as (
            insert into post_reaction as r (user_id, post_id, liked, entity_version)
            select * from change order by user_id, post_id
            on conflict (user_id, post_id) do update
            set liked = excluded.liked, entity_version = excluded.entity_version
            where r.entity_version < excluded.entity_version
            returning user_id, post_id, liked
        )
        insert into post_count as n (post_id, like_count, reply_count)
        select put.post_id, sum(put.liked::int - coalesce(before.liked, false)::int), 0
        from put left join before on before.user_id = put.user_id and before.post_id = put.post_id
        group by put.post_id order by put.post_id
        on conflict (post_id) do update set like_count = n.like_count + excluded.like_count
        """;

    private const string PutBlocks = """
        insert into block_edge as e (blocker_id, blocked_id, blocking, entity_version)
        select * from unnest(@blockers, @blocked, @blocking, @versions)
            as c(blocker_id, blocked_id, blocking, entity_version)
        order by blocker_id, blocked_id
        on conflict (blocker_id, blocked_id) do update
        set blocking = excluded.blocking, entity_version = excluded.entity_version
        where e.entity_version < excluded.entity_version
        """;

    public async Task FlushAsync(
        PostsBatch batch, NpgsqlConnection connection, NpgsqlTransaction transaction,
        CancellationToken cancellationToken)
    {
        var posts = batch.Posts.ToList();
        if (posts.Count > 0)
        {
            var parameters = new
            {
                ids = posts.Select(change => change.Post.Id.Value).ToArray(),
                authors = posts.Select(change => change.Post.AuthorId.Value).ToArray(),
                texts = posts.Select(change => change.Post.Text).ToArray(),
                replies = posts.Select(change => change.Post.ReplyTo?.Value).ToArray(),
                parents = posts.Select(change => change.Post.ParentAuthorId?.Value).ToArray(),
                roots = posts.Select(change => change.Post.RootId?.Value).ToArray(),
                languages = posts.Select(change => change.Post.Language).ToArray(),
                visibilities = posts.Select(change => (short)change.Post.Visibility).ToArray(),
                media = posts.Select(change => AttachmentText.Encode(change.Post.Media)).ToArray(),
                deleted = posts.Select(change => change.Post.IsDeleted).ToArray(),
                afters = posts.Select(change => change.After.ToString()).ToArray(),
                versions = posts.Select(change => change.Post.EntityVersion).ToArray(),
            };
            await connection.ExecuteAsync(new CommandDefinition(
                PutPosts, parameters, transaction, cancellationToken: cancellationToken));
        }

        var reactions = batch.Reactions.ToList();
        if (reactions.Count > 0)
        {
            var parameters = new
            {
                users = reactions.Select(change => change.User.Value).ToArray(),
                posts = reactions.Select(change => change.Post.Value).ToArray(),
                liked = reactions.Select(change => change.IsLiked).ToArray(),
                versions = reactions.Select(change => change.EntityVersion).ToArray(),
            };
            await connection.ExecuteAsync(new CommandDefinition(
                PutReactions, parameters, transaction, cancellationToken: cancellationToken));
        }

        if (batch.Media.Count > 0)
            await KnownMediaStore.PutAsync(batch.Media, connection, transaction, cancellationToken);
        if (batch.Blocks.Count > 0)
        {
            await connection.ExecuteAsync(new CommandDefinition(
                PutBlocks, BlockParameters(batch), transaction, cancellationToken: cancellationToken));
        }
    }

    /// <summary>A deleted post must not be read from the cache. Nothing else of a post changes.</summary>
    public Task AnnounceAsync(PostsBatch batch, int version, CancellationToken cancellationToken) => cache.PutAsync(
        batch.Posts.Where(change => change.Post.IsDeleted).ToDictionary(
            change => PostViewCache.KeyOf(change.Post.Id, version),
            change => CacheEntry.Tombstone(change.Post.EntityVersion)),
        cancellationToken);

    private static object BlockParameters(PostsBatch batch) => new
    {
        blockers = batch.Blocks.Select(block => block.BlockerId.Value).ToArray(),
        blocked = batch.Blocks.Select(block => block.BlockedId.Value).ToArray(),
        blocking = batch.Blocks.Select(block => block.IsBlocking).ToArray(),
        versions = batch.Blocks.Select(block => block.EntityVersion).ToArray(),
    };
}
