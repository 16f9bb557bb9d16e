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

    private const string IsKnown = "select exists (select 1 from known_user where user_id = @user)";

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

    public static Task<bool> IsKnownAsync(
        UserId user, CommandTransaction command, CancellationToken cancellationToken) =>
        command.FindAsync<bool>(IsKnown, new { user = user.Value }, cancellationToken);
}
