using DaprSocial.EventLog;
using DaprSocial.Graph.Domain;

namespace DaprSocial.Graph.Storage;

/// <summary>The command side's table of who blocks whom.</summary>
internal static class BlockStore
{
    private const string LockOne = """
        select blocking, block_id, entity_version from user_block
        where blocker_id = @blocker and blocked_id = @blocked for update
        """;

    private const string PutOne = """
        insert into user_block (blocker_id, blocked_id, blocking, block_id, entity_version)
        values (@blocker, @blocked, @blocking, @blockId, @version)
        on conflict (blocker_id, blocked_id) do update
        set blocking = excluded.blocking, block_id = excluded.block_id, entity_version = excluded.entity_version
        """;

    private const string EndSome = """
        update user_block b set blocking = false, entity_version = b.entity_version + 1
        where (b.blocker_id, b.blocked_id) in (
            select blocker_id, blocked_id from user_block
            where blocking and (blocker_id = @user or blocked_id = @user)
            order by blocker_id, blocked_id limit @limit for update)
        returning b.blocker_id, b.blocked_id, b.block_id, b.entity_version
        """;

    public static async Task<BlockEdge> LockAsync(
        UserId blocker, UserId blocked, CommandTransaction command, CancellationToken cancellationToken)
    {
        var (isBlocking, blockId, version) = await command.FindAsync<(bool, Guid, long)>(
            LockOne, new { blocker = blocker.Value, blocked = blocked.Value }, cancellationToken);
        return version == 0
            ? BlockEdge.None(blocker, blocked)
            : new BlockEdge(blocker, blocked, isBlocking, blockId, version);
    }

    public static Task PutAsync(BlockEdge block, CommandTransaction command, CancellationToken cancellationToken)
    {
        var parameters = new
        {
            blocker = block.BlockerId.Value, blocked = block.BlockedId.Value, blocking = block.IsBlocking,
            blockId = block.BlockId, version = block.EntityVersion,
        };
        return command.ExecuteAsync(PutOne, parameters, cancellationToken);
    }

    /// <summary>Ends up to so many blocks by or of a user.</summary>
    /// <returns>The blocks as they are then.</returns>
    public static async Task<IReadOnlyList<BlockEdge>> EndSomeAsync(
        UserId user, int limit, CommandTransaction command, CancellationToken cancellationToken)
    {
        var rows = await command.ReadAsync<(Guid Blocker, Guid Blocked, Guid BlockId, long Version)>(
            EndSome, new { user = user.Value, limit }, cancellationToken);
        return
        [
            .. rows.Select(row => new BlockEdge(
                new UserId(row.Blocker), new UserId(row.Blocked), IsBlocking: false, row.BlockId, row.Version)),
        ];
    }
}
