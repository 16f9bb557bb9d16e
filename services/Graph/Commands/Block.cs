using DaprSocial.EventLog;
using DaprSocial.Events;
using DaprSocial.Graph.Domain;
using DaprSocial.Graph.Storage;
using DaprSocial.Graph.V1;

namespace DaprSocial.Graph.Commands;

internal sealed record Block(UserId BlockerId, UserId BlockedId);

internal sealed class BlockHandler(CommandRunner commands)
{
    public Task<BlockResponse> HandleAsync(Block command, CommandCall call, CancellationToken cancellationToken) =>
        commands.RunAsync(call, (transaction, token) => DecideAsync(command, transaction, token), cancellationToken);

    private static async Task<BlockResponse> DecideAsync(
        Block command, CommandTransaction transaction, CancellationToken cancellationToken)
    {
        var (blocker, blocked) = (command.BlockerId, command.BlockedId);
        if (blocker == blocked)
            throw GraphErrors.SelfBlock();
        var stream = await transaction.LockStreamAsync(Topics.Graph, blocker.Value, cancellationToken);
        await FollowStore.LockPairAsync(blocker, blocked, transaction, cancellationToken);
        var before = await BlockStore.LockAsync(blocker, blocked, transaction, cancellationToken);
        if (!before.IsBlocking)
        {
            var standing = await FollowStore.ReadStandingAsync(blocker, blocked, transaction, cancellationToken);
            if (!standing.IsKnown)
                throw GraphErrors.UserNotFound(blocked, "user_id");
            if (standing.BlockCount >= BlockEdge.BlocksMax)
                throw GraphErrors.TooManyBlocks(BlockEdge.BlocksMax);

            var block = before.Set(isBlocking: true, stream.NewId());
            await BlockStore.PutAsync(block, transaction, cancellationToken);
            stream.Append(block.ToBlocked(), block.EntityId, block.EntityVersion);
            foreach (var edge in await FollowStore.EndBetweenAsync(blocker, blocked, transaction, cancellationToken))
                stream.Append(edge.ToUnfollowed(), edge.EntityId, edge.EntityVersion);
        }

        return new BlockResponse { Changed = !before.IsBlocking, ConsistencyToken = stream.Token.ToString() };
    }
}
