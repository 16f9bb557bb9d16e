using DaprSocial.EventLog;
using DaprSocial.Events;
using DaprSocial.Graph.Domain;
using DaprSocial.Graph.Storage;
using DaprSocial.Graph.V1;

namespace DaprSocial.Graph.Commands;

internal sealed record Unblock(UserId BlockerId, UserId BlockedId);

internal sealed class UnblockHandler(CommandRunner commands)
{
    public Task<UnblockResponse> HandleAsync(
        Unblock command, CommandCall call, CancellationToken cancellationToken) =>
        commands.RunAsync(call, (transaction, token) => DecideAsync(command, transaction, token), cancellationToken);

    private static async Task<UnblockResponse> DecideAsync(
        Unblock command, CommandTransaction transaction, CancellationToken cancellationToken)
    {
        var (blocker, blocked) = (command.BlockerId, command.BlockedId);
        if (blocker == blocked)
            throw GraphErrors.SelfBlock();
        var stream = await transaction.LockStreamAsync(Topics.Graph, blocker.Value, cancellationToken);
        var before = await BlockStore.LockAsync(blocker, blocked, transaction, cancellationToken);
        if (before.IsBlocking)
        {
            var block = before.Set(isBlocking: false, before.BlockId);
            await BlockStore.PutAsync(block, transaction, cancellationToken);
            stream.Append(block.ToUnblocked(), block.EntityId, block.EntityVersion);
        }

        return new UnblockResponse { Changed = before.IsBlocking, ConsistencyToken = stream.Token.ToString() };
    }
}
