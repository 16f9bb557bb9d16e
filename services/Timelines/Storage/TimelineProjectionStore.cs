using Dapper;
using DaprSocial.Events;
using DaprSocial.Projections;
using Npgsql;

namespace DaprSocial.Timelines.Storage;

/// <summary>Writes what timelines are composed of.</summary>
internal sealed class TimelineProjectionStore : IProjectionStore<TimelinesBatch>
{
    private const string PutPosts = """
        insert into author_timeline as t
            (post_id, author_id, parent_author_id, visibility, deleted, entity_version)
        select * from unnest(@ids, @authors, @parents, @visibilities, @deleted, @versions)
            as c(post_id, author_id, parent_author_id, visibility, deleted, entity_version)
        order by post_id
        on conflict (post_id) do update
        set deleted = excluded.deleted, parent_author_id = excluded.parent_author_id,
            visibility = excluded.visibility, entity_version = excluded.entity_version
        where t.entity_version < excluded.entity_version
        """;

    // A post that is gone waits for nothing; and so all versions of the projection hold the same of it, also those that
    // never saw it.
    private const string DeletePreconditions = "delete from post_precondition where post_id = any(@posts)";

    private const string PutPreconditions = """
        insert into post_precondition (post_id, topic, stream, version)
        select * from unnest(@posts, @topics, @streams, @versions) as c(post_id, topic, stream, version)
        order by post_id, topic, stream
        on conflict (post_id, topic, stream) do nothing
        """;

    private const string PutFollows = """
        insert into follow_edge as e (follower_id, followee_id, following, entity_version)
        select * from unnest(@followers, @followees, @following, @versions)
            as c(follower_id, followee_id, following, entity_version)
        order by follower_id, followee_id
        on conflict (follower_id, followee_id) do update
        set following = excluded.following, entity_version = excluded.entity_version
        where e.entity_version < excluded.entity_version
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
        TimelinesBatch batch, NpgsqlConnection connection, NpgsqlTransaction transaction,
        CancellationToken cancellationToken)
    {
        if (batch.Posts.Count > 0)
        {
            await ExecuteAsync(PutPosts, PostParameters(batch));
            await PutPreconditionsAsync();
            await DeletePreconditionsAsync();
        }

        if (batch.Follows.Count > 0)
            await ExecuteAsync(PutFollows, FollowParameters(batch));
        if (batch.Blocks.Count > 0)
            await ExecuteAsync(PutBlocks, BlockParameters(batch));

        async Task PutPreconditionsAsync()
        {
            // Only streams that this service applies can make it wait; those of other topics say nothing here.
            var preconditions = batch.Posts
                .SelectMany(post => post.After.Streams, (post, stream) => (post.Id, stream))
                .Where(pair => pair.stream.Topic is Topics.Posts or Topics.Graph).ToList();
            if (preconditions.Count == 0)
                return;
            var parameters = new
            {
                posts = preconditions.Select(pair => pair.Id.Value).ToArray(),
                topics = preconditions.Select(pair => pair.stream.Topic).ToArray(),
                streams = preconditions.Select(pair => pair.stream.Stream).ToArray(),
                versions = preconditions.Select(pair => pair.stream.Version).ToArray(),
            };
            await ExecuteAsync(PutPreconditions, parameters);
        }

        async Task DeletePreconditionsAsync()
        {
            var posts = batch.Posts.Where(post => post.IsDeleted).Select(post => post.Id.Value).ToArray();
            if (posts.Length > 0)
                await ExecuteAsync(DeletePreconditions, new { posts });
        }

        Task ExecuteAsync(string sql, object parameters) => connection.ExecuteAsync(new CommandDefinition(
            sql, parameters, transaction, cancellationToken: cancellationToken));
    }

    private static object PostParameters(TimelinesBatch batch) => new
    {
        ids = batch.Posts.Select(post => post.Id.Value).ToArray(),
        authors = batch.Posts.Select(post => post.AuthorId.Value).ToArray(),
        parents = batch.Posts.Select(post => post.ParentAuthorId?.Value).ToArray(),
        visibilities = batch.Posts.Select(post => (short)post.Visibility).ToArray(),
        deleted = batch.Posts.Select(post => post.IsDeleted).ToArray(),
        versions = batch.Posts.Select(post => post.EntityVersion).ToArray(),
    };

    private static object FollowParameters(TimelinesBatch batch) => new
    {
        followers = batch.Follows.Select(follow => follow.FollowerId.Value).ToArray(),
        followees = batch.Follows.Select(follow => follow.FolloweeId.Value).ToArray(),
        following = batch.Follows.Select(follow => follow.IsFollowing).ToArray(),
        versions = batch.Follows.Select(follow => follow.EntityVersion).ToArray(),
    };

    private static object BlockParameters(TimelinesBatch batch) => new
    {
        blockers = batch.Blocks.Select(block => block.BlockerId.Value).ToArray(),
        blocked = batch.Blocks.Select(block => block.BlockedId.Value).ToArray(),
        blocking = batch.Blocks.Select(block => block.IsBlocking).ToArray(),
        versions = batch.Blocks.Select(block => block.EntityVersion).ToArray(),
    };
}
