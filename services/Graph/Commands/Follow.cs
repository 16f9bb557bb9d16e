using DaprSocial.EventLog;
using DaprSocial.Events;
using DaprSocial.Graph.Domain;
using DaprSocial.Graph.Storage;
using DaprSocial.Graph.V1;

namespace DaprSocial.Graph.Commands;

internal sealed record Follow(UserId FollowerId, UserId FolloweeId);

internal sealed class FollowHandler(CommandRunner commands)
{
    public Task<FollowResponse> HandleAsync(Follow command, CommandCall call, CancellationToken cancellationToken) =>
        commands.RunAsync(call, (transaction, token) => DecideAsync(command, transaction, token), cancellationToken);

    private static async Task<FollowResponse> DecideAsync(
        Follow command, CommandTransaction transaction, CancellationToken cancellationToken)
    {
        var (follower, followee) = (command.FollowerId, command.FolloweeId);
        if (follower == followee)
            throw GraphErrors.SelfFollow();
        var stream = await transaction.LockStreamAsync(Topics.Graph, follower.Value, cancellationToken);
        await FollowStore.LockPairAsync(follower, followee, transaction, cancellationToken);
        var before = await FollowStore.LockAsync(follower, followee, transaction, cancellationToken);
        if (!before.IsFollowing)
        {
            var standing = await FollowStore.ReadStandingAsync(follower, followee, transaction, cancellationToken);
            if (!standing.IsKnown)
                throw GraphErrors.UserNotFound(followee, "followee_id");
            if (standing.IsBlocked)
                throw GraphErrors.Blocked(followee);
            if (standing.FollowCount >= FollowEdge.FollowsMax)
                throw GraphErrors.TooManyFollows(FollowEdge.FollowsMax);

            var edge = before.Set(isFollowing: true, stream.NewId());
            await FollowStore.PutAsync(edge, transaction, cancellationToken);
            var followed = new Followed
            {
                FollowerId = follower.ToString(), FolloweeId = followee.ToString(), FollowId = edge.FollowId.ToString(),
            };
            stream.Append(followed, edge.EntityId, edge.EntityVersion);
        }

        return new FollowResponse { Changed = !before.IsFollowing, ConsistencyToken = stream.Token.ToString() };
    }
}
