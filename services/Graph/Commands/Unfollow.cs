using DaprSocial.EventLog;
using DaprSocial.Events;
using DaprSocial.Graph.Domain;
using DaprSocial.Graph.Storage;
using DaprSocial.Graph.V1;

namespace DaprSocial.Graph.Commands;

internal sealed record Unfollow(UserId FollowerId, UserId FolloweeId);

internal sealed class UnfollowHandler(CommandRunner commands)
{
    public Task<UnfollowResponse> HandleAsync(
        Unfollow command, CommandCall call, CancellationToken cancellationToken) =>
        commands.RunAsync(call, (transaction, token) => DecideAsync(command, transaction, token), cancellationToken);

    private static async Task<UnfollowResponse> DecideAsync(
        Unfollow command, CommandTransaction transaction, CancellationToken cancellationToken)
    {
        var (follower, followee) = (command.FollowerId, command.FolloweeId);
        if (follower == followee)
            throw GraphErrors.SelfFollow();
        var stream = await transaction.LockStreamAsync(Topics.Graph, follower.Value, cancellationToken);
        var before = await FollowStore.LockAsync(follower, followee, transaction, cancellationToken);
        if (before.IsFollowing)
        {
            var edge = before.Set(isFollowing: false, before.FollowId);
            await FollowStore.PutAsync(edge, transaction, cancellationToken);
            stream.Append(edge.ToUnfollowed(), edge.EntityId, edge.EntityVersion);
        }

        return new UnfollowResponse { Changed = before.IsFollowing, ConsistencyToken = stream.Token.ToString() };
    }
}
