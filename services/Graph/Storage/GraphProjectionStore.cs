using Dapper;
using DaprSocial.Projections;
using Npgsql;

namespace DaprSocial.Graph.Storage;

/// <summary>Writes edges, their counts, blocks, and who is known.</summary>
internal sealed class GraphProjectionStore : IProjectionStore<GraphBatch>
{
    // An edge is one entity that both its ends may change: hold its row while its counts move.
    private const string LockEdges = """
        select 1 from follow_edge e
        join unnest(@followers, @followees) as c(follower_id, followee_id)
            on e.follower_id = c.follower_id and e.followee_id = c.followee_id
        order by e.follower_id, e.followee_id
        for update of e
        """;

    // Counts move by the difference between the state before and after, in the transaction of the checkpoints.
    private const string PutEdges = """
        with change as (
            select * from unnest(@followers, @followees, @following, @followIds, @versions)
                as c(follower_id, followee_id, following, follow_id, entity_version)
        ), before as (
            select e.follower_id, e.followee_id, e.following, e.follow_id
            from change c join follow_edge e on e.follower_id = c.follower_id and e.followee_id = c.followee_id
        ), put as (
            insert into follow_edge as e (follower_id, followee_id, following, follow_id, entity_version)
            select * from change order by follower_id, followee_id
            on conflict (follower_id, followee_id) do update
            set following = excluded.following, entity_version = excluded.entity_version,
                follow_id = excluded.follow_id
            where e.entity_version < excluded.entity_version
            returning follower_id, followee_id, following
        ), moved as (
            select put.follower_id, put.followee_id, put.following::int - coalesce(before.following, false)::int as by
            from put left join before
                on before.follower_id = put.follower_id and before.followee_id = put.followee_id
        )
        insert into relation_count as n (user_id, follower_count, followee_count)
        select user_id, sum(followers), sum(followees)
        from (
            select followee_id as user_id, by as followers, 0 as followees from moved
            union all
            select follower_id, 0, by from moved
        ) ends
        group by user_id order by user_id
        on conflict (user_id) do update
        set follower_count = n.follower_count + excluded.follower_count,
            followee_count = n.followee_count + excluded.followee_count
        """;

    private const string PutBlocks = """
        insert into block_edge as e (blocker_id, blocked_id, blocking, block_id, entity_version)
        select * from unnest(@blockers, @blocked, @blocking, @blockIds, @versions)
            as c(blocker_id, blocked_id, blocking, block_id, entity_version)
        order by blocker_id, blocked_id
        on conflict (blocker_id, blocked_id) do update
        set blocking = excluded.blocking, block_id = excluded.block_id, entity_version = excluded.entity_version
        where e.entity_version < excluded.entity_version
        """;

    private const string PutUsers = """
        insert into known_user (user_id) select user_id from unnest(@users) as c(user_id) order by user_id
        on conflict (user_id) do nothing
        """;

    private const string DeleteUsers = "delete from known_user where user_id = any(@users)";

    public async Task FlushAsync(
        GraphBatch batch, NpgsqlConnection connection, NpgsqlTransaction transaction,
        CancellationToken cancellationToken)
    {
        if (batch.Edges.Count > 0)
        {
            var parameters = new
            {
                followers = batch.Edges.Select(edge => edge.FollowerId.Value).ToArray(),
                followees = batch.Edges.Select(edge => edge.FolloweeId.Value).ToArray(),
                following = batch.Edges.Select(edge => edge.IsFollowing).ToArray(),
                followIds = batch.Edges.Select(edge => edge.FollowId).ToArray(),
                versions = batch.Edges.Select(edge => edge.EntityVersion).ToArray(),
            };
            await connection.ExecuteAsync(new CommandDefinition(
                LockEdges, parameters, transaction, cancellationToken: cancellationToken));
            await connection.ExecuteAsync(new CommandDefinition(
                PutEdges, parameters, transaction, cancellationToken: cancellationToken));
        }

        if (batch.Blocks.Count > 0)
        {
            var parameters = new
            {
                blockers = batch.Blocks.Select(block => block.BlockerId.Value).ToArray(),
                blocked = batch.Blocks.Select(block => block.BlockedId.Value).ToArray(),
                blocking = batch.Blocks.Select(block => block.IsBlocking).ToArray(),
                blockIds = batch.Blocks.Select(block => block.BlockId).ToArray(),
                versions = batch.Blocks.Select(block => block.EntityVersion).ToArray(),
            };
            await connection.ExecuteAsync(new CommandDefinition(
                PutBlocks, parameters, transaction, cancellationToken: cancellationToken));
        }

        if (batch.Erased.Count > 0)
        {
            await connection.ExecuteAsync(new CommandDefinition(
                DeleteUsers, new { users = batch.Erased.Select(user => user.Value).ToArray() }, transaction,
                cancellationToken: cancellationToken));
        }

        if (batch.Users.Count > 0)
        {
            await connection.ExecuteAsync(new CommandDefinition(
                PutUsers, new { users = batch.Users.Select(user => user.Value).ToArray() }, transaction,
                cancellationToken: cancellationToken));
        }
    }
}
