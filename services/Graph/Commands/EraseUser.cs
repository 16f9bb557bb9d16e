using DaprSocial.EventLog;
using DaprSocial.Events;
using DaprSocial.Events.V1;
using DaprSocial.Graph.Storage;
using DaprSocial.Graph.V1;

namespace DaprSocial.Graph.Commands;

/// <param name="UserId">Who is erased.</param>
/// <param name="ById">Who erases.</param>
internal sealed record EraseUser(UserId UserId, UserId ById);

/// <summary>
/// Ends a user's edges and blocks in both directions, some in each call; then what the log still says of them.
/// </summary>
internal sealed class EraseUserHandler(CommandRunner commands)
{
    /// <summary>Bounds a transaction: each row comes with an event.</summary>
    internal const int RowCountMax = 500;

    // What others did stays in their streams: it says who, by id, not what.
    private static readonly string[] _types = [Followed.Descriptor.FullName, Blocked.Descriptor.FullName];

    public Task<EraseUserResponse> HandleAsync(
        EraseUser command, CommandCall call, CancellationToken cancellationToken) =>
        commands.RunAsync(call, (transaction, token) => DecideAsync(command, transaction, token), cancellationToken);

    private static async Task<EraseUserResponse> DecideAsync(
        EraseUser command, CommandTransaction transaction, CancellationToken cancellationToken)
    {
        var user = command.UserId;
        var stream = await transaction.LockErasedStreamAsync(Topics.Graph, user.Value, cancellationToken);
        var known = await FollowStore.ForgetAsync(user, transaction, cancellationToken);
        var ended = await FollowStore.EndSomeAsync(user, RowCountMax, transaction, cancellationToken);
        foreach (var edge in ended)
            stream.Append(edge.ToUnfollowed(), edge.EntityId, edge.EntityVersion);
        var unblocked = await BlockStore.EndSomeAsync(user, RowCountMax, transaction, cancellationToken);
        foreach (var block in unblocked)
            stream.Append(block.ToUnblocked(), block.EntityId, block.EntityVersion);

        var log = new LogErasure(user.Value, command.ById.Value, [Topics.Graph], _types);
        var (erased, isComplete) = await log.RunAsync(AppIds.Graph, transaction, cancellationToken);
        ErasedRows[] rows =
        [
            new() { Table = "graph.known_user", RowCount = known },
            new() { Table = "graph.follow", RowCount = ended.Count },
            new() { Table = "graph.user_block", RowCount = unblocked.Count },
        ];
        return new EraseUserResponse
        {
            Erased = { rows.Where(table => table.RowCount > 0).Concat(erased) },
            // The events that this call records have no place in the log before it commits.
            Complete = isComplete && ended.Count == 0 && unblocked.Count == 0,
            ConsistencyToken = stream.Token.ToString(),
        };
    }
}
