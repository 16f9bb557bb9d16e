using Dapper;
using DaprSocial.Graph.Queries;
using DaprSocial.Hosting;
using DaprSocial.Paging;

namespace DaprSocial.Graph.Storage;

/// <summary>Reads the projection, for queries.</summary>
internal sealed class FollowGraphStore(ReadSource source)
{
    private const string ReadFollowers = """
        select follower_id, follow_id from follow_edge
        where followee_id = @user and following and follow_id < @before
        order by follow_id desc limit @limit
        """;

    private const string ReadFollowees = """
        select followee_id, follow_id from follow_edge
        where follower_id = @user and following and follow_id < @before
        order by follow_id desc limit @limit
        """;

    private const string ReadBlocked = """
        select blocked_id, block_id from block_edge
        where blocker_id = @user and blocking and block_id < @before
        order by block_id desc limit @limit
        """;

    private const string ReadRelationships = """
        select o.user_id, coalesce(a.following, false) as following, coalesce(b.following, false) as followed_by,
            coalesce(c.blocking, false) or coalesce(d.blocking, false) as blocked
        from unnest(@others) as o(user_id)
        left join follow_edge a on a.follower_id = @user and a.followee_id = o.user_id
        left join follow_edge b on b.follower_id = o.user_id and b.followee_id = @user
        left join block_edge c on c.blocker_id = @user and c.blocked_id = o.user_id
        left join block_edge d on d.blocker_id = o.user_id and d.blocked_id = @user
        """;

    private const string ReadCounts = "select follower_count, followee_count from relation_count where user_id = @user";

    private const string IsKnownSql = "select exists (select 1 from known_user where user_id = @user)";

    /// <summary>A page of those who follow a user, whom the user follows or blocks; and one more.</summary>
    public async Task<IReadOnlyList<RelationRow>> ReadPageAsync(
        RelationSide side, UserId user, PageRequest page, CancellationToken cancellationToken)
    {
        await using var connection = await source.DataSource.OpenConnectionAsync(cancellationToken);
        var rows = await connection.QueryAsync<(Guid Other, Guid RelationId)>(new CommandDefinition(
            SqlOf(side), new { user = user.Value, before = page.BeforeId, limit = page.Size + 1 },
            cancellationToken: cancellationToken));
        return [.. rows.Select(row => new RelationRow(new UserId(row.Other), row.RelationId))];
    }

    /// <summary>How a user stands to others; one entry each, in no particular order.</summary>
    public async Task<IReadOnlyDictionary<UserId, RelationState>> ReadRelationshipsAsync(
        UserId user, IReadOnlyCollection<UserId> others, CancellationToken cancellationToken)
    {
        await using var connection = await source.DataSource.OpenConnectionAsync(cancellationToken);
        var rows = await connection.QueryAsync<(Guid Other, bool, bool, bool)>(new CommandDefinition(
            ReadRelationships, new { user = user.Value, others = others.Select(other => other.Value).ToArray() },
            cancellationToken: cancellationToken));
        return rows.ToDictionary(
            row => new UserId(row.Other), row => new RelationState(row.Item2, row.Item3, row.Item4));
    }

    public async Task<(long Followers, long Followees)> ReadCountsAsync(
        UserId user, CancellationToken cancellationToken)
    {
        await using var connection = await source.DataSource.OpenConnectionAsync(cancellationToken);
        return await connection.QuerySingleOrDefaultAsync<(long, long)>(new CommandDefinition(
            ReadCounts, new { user = user.Value }, cancellationToken: cancellationToken));
    }

    public async Task<bool> IsKnownAsync(UserId user, CancellationToken cancellationToken)
    {
        await using var connection = await source.DataSource.OpenConnectionAsync(cancellationToken);
        return await connection.QuerySingleAsync<bool>(new CommandDefinition(
            IsKnownSql, new { user = user.Value }, cancellationToken: cancellationToken));
    }

    private static string SqlOf(RelationSide side) => side switch
    {
        RelationSide.Followers => ReadFollowers,
        RelationSide.Followees => ReadFollowees,
        RelationSide.Blocked => ReadBlocked,
        _ => throw new ArgumentOutOfRangeException(nameof(side), side, "No such side."),
    };
}
