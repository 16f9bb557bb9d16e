using DaprSocial.EventLog;
using DaprSocial.Graph.Domain;

namespace DaprSocial.Graph.Storage;

/// <summary>The command side's table, and who can be followed.</summary>
internal static class FollowStore
{
    private const string LockOne = """
        select following, follow_id, entity_version from follow
        where follower_id = @follower and followee_id = @followee for update
        """;

    private const string PutOne = """
        insert into follow (follower_id, followee_id, following, follow_id, entity_version)
        values (@follower, @followee, @following, @followId, @version)
        on conflict (follower_id, followee_id) do update
        set following = excluded.following, follow_id = excluded.follow_id, entity_version = excluded.entity_version
        """;

    // Both users decide on what is between them: a block by one and a following by the other exclude each other, also
    // where neither has a row yet that could be locked.
    private const string LockPair =
        "select pg_advisory_xact_lock(hashtextextended('pair:' || least(@one, @other) || greatest(@one, @other), 0))";

    // Known again for a moment, when a projection that is built anew reads the log from its beginning.
    private const string ReadStanding = """
        select exists (select 1 from known_user where user_id = @other)
                and not exists (
                    select 1 from stream_head where topic = 'graph' and stream = @other and erase_time is not null),
            exists (select 1 from user_block where blocker_id = @user and blocked_id = @other and blocking)
                or exists (select 1 from user_block where blocker_id = @other and blocked_id = @user and blocking),
            (select count(*) from follow where follower_id = @user and following),
            (select count(*) from user_block where blocker_id = @user and blocking)
        """;

    private const string Forget = "delete from known_user where user_id = @user";

    private const string EndBetween = """
        update follow f set following = false, entity_version = f.entity_version + 1
        where (f.follower_id, f.followee_id) in (
            select follower_id, followee_id from follow
            where following and (follower_id, followee_id) in ((@one, @other), (@other, @one))
            order by follower_id, followee_id for update)
        returning f.follower_id, f.followee_id, f.follow_id, f.entity_version
        """;

    private const string EndSome = """
        update follow f set following = false, entity_version = f.entity_version + 1
        where (f.follower_id, f.followee_id) in (
            select follower_id, followee_id from follow
            where following and (follower_id = @user or followee_id = @user)
            order by follower_id, followee_id limit @limit for update)
        returning f.follower_id, f.followee_id, f.follow_id, f.entity_version
        """;

    public static async Task<FollowEdge> LockAsync(
        UserId follower, UserId followee, CommandTransaction command, CancellationToken cancellationToken)
    {
        var (isFollowing, followId, version) = await command.FindAsync<(bool, Guid, long)>(
            LockOne, new { follower = follower.Value, followee = followee.Value }, cancellationToken);
        return version == 0
            ? FollowEdge.None(follower, followee)
            : new FollowEdge(follower, followee, isFollowing, followId, version);
    }

    /// <summary>
    /// Locks what is between two users, in either direction, until the end. Call it after locking the actor's stream
    /// and before reading what is between them.
    /// </summary>
    public static Task LockPairAsync(
        UserId one, UserId other, CommandTransaction command, CancellationToken cancellationToken) =>
        command.ExecuteAsync(
            LockPair, new { one = one.ToString(), other = other.ToString() }, cancellationToken);

    public static async Task<Standing> ReadStandingAsync(
        UserId user, UserId other, CommandTransaction command, CancellationToken cancellationToken)
    {
        var (isKnown, isBlocked, follows, blocks) = await command.FindAsync<(bool, bool, long, long)>(
            ReadStanding, new { user = user.Value, other = other.Value }, cancellationToken);
        return new Standing(isKnown, isBlocked, follows, blocks);
    }

    public static Task PutAsync(FollowEdge edge, CommandTransaction command, CancellationToken cancellationToken)
    {
        var parameters = new
        {
            follower = edge.FollowerId.Value, followee = edge.FolloweeId.Value, following = edge.IsFollowing,
            followId = edge.FollowId, version = edge.EntityVersion,
        };
        return command.ExecuteAsync(PutOne, parameters, cancellationToken);
    }

    /// <summary>Makes a user one whom nobody can follow.</summary>
    public static Task<int> ForgetAsync(UserId user, CommandTransaction command, CancellationToken cancellationToken) =>
        command.ExecuteAsync(Forget, new { user = user.Value }, cancellationToken);

    /// <summary>Ends the followings between two users, in both directions.</summary>
    /// <returns>The edges as they are then.</returns>
    public static Task<IReadOnlyList<FollowEdge>> EndBetweenAsync(
        UserId one, UserId other, CommandTransaction command, CancellationToken cancellationToken) =>
        EndAsync(EndBetween, new { one = one.Value, other = other.Value }, command, cancellationToken);

    /// <summary>Ends up to so many followings by or of a user.</summary>
    /// <returns>The edges as they are then.</returns>
    public static Task<IReadOnlyList<FollowEdge>> EndSomeAsync(
        UserId user, int limit, CommandTransaction command, CancellationToken cancellationToken) =>
        EndAsync(EndSome, new { user = user.Value, limit }, command, cancellationToken);

    private static async Task<IReadOnlyList<FollowEdge>> EndAsync(
        string sql, object parameters, CommandTransaction command, CancellationToken cancellationToken)
    {
        var rows = await command.ReadAsync<(Guid Follower, Guid Followee, Guid FollowId, long Version)>(
            sql, parameters, cancellationToken);
        return
        [
            .. rows.Select(row => new FollowEdge(
                new UserId(row.Follower), new UserId(row.Followee), IsFollowing: false, row.FollowId, row.Version)),
        ];
    }
}
