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

    private const string CountFollows = "select count(*) from follow where follower_id = @follower and following";

    private const string PutOne = """
        insert into follow (follower_id, followee_id, following, follow_id, entity_version)
        values (@follower, @followee, @following, @followId, @version)
        on conflict (follower_id, followee_id) do update
        set following = excluded.following, follow_id = excluded.follow_id, entity_version = excluded.entity_version
        """;

    // Known again for a moment, when a projection that is built anew reads the log from its beginning.
    private const string IsKnown = """
        select exists (select 1 from known_user where user_id = @user)
            and not exists (
                select 1 from stream_head where topic = 'graph' and stream = @user and erase_time is not null)
        """;

    private const string Forget = "delete from known_user where user_id = @user";

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

    public static Task<long> CountFollowsAsync(
        UserId follower, CommandTransaction command, CancellationToken cancellationToken) =>
        command.FindAsync<long>(CountFollows, new { follower = follower.Value }, cancellationToken);

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

    /// <summary>Ends up to so many followings by or of a user.</summary>
    /// <returns>The edges as they are then.</returns>
    public static async Task<IReadOnlyList<FollowEdge>> EndSomeAsync(
        UserId user, int limit, CommandTransaction command, CancellationToken cancellationToken)
    {
        var rows = await command.ReadAsync<(Guid Follower, Guid Followee, Guid FollowId, long Version)>(
            EndSome, new { user = user.Value, limit }, cancellationToken);
        return
        [
            .. rows.Select(row => new FollowEdge(
                new UserId(row.Follower), new UserId(row.Followee), IsFollowing: false, row.FollowId, row.Version)),
        ];
    }

    public static Task<bool> IsKnownAsync(
        UserId user, CommandTransaction command, CancellationToken cancellationToken) =>
        command.FindAsync<bool>(IsKnown, new { user = user.Value }, cancellationToken);
}
