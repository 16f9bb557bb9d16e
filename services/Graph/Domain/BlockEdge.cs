using DaprSocial.Graph.V1;

namespace DaprSocial.Graph.Domain;

/// <summary>Whether one user blocks another: directed, blocker first.</summary>
internal sealed record BlockEdge(
    UserId BlockerId, UserId BlockedId, bool IsBlocking, Guid BlockId, long EntityVersion)
{
    /// <summary>The most accounts that one user may block; it bounds what a reader's pages are filtered by.</summary>
    public const int BlocksMax = 5000;

    /// <summary>The block's id in events; not that of the following between the two.</summary>
    public string EntityId => $"block:{BlockerId}:{BlockedId}";

    /// <summary>The event of a block that began.</summary>
    public Blocked ToBlocked() => new()
    {
        BlockerId = BlockerId.ToString(), BlockedId = BlockedId.ToString(), BlockId = BlockId.ToString(),
    };

    /// <summary>The event of a block that ended.</summary>
    public Unblocked ToUnblocked() => new()
    {
        BlockerId = BlockerId.ToString(), BlockedId = BlockedId.ToString(),
    };

    /// <summary>A block that never was.</summary>
    public static BlockEdge None(UserId blocker, UserId blocked) =>
        new(blocker, blocked, IsBlocking: false, Guid.Empty, EntityVersion: 0);

    /// <summary>The block after the blocker's decision.</summary>
    /// <param name="isBlocking">The decision.</param>
    /// <param name="blockId">Id of the new block; the old one's stays when it ends.</param>
    public BlockEdge Set(bool isBlocking, Guid blockId) =>
        this with { IsBlocking = isBlocking, BlockId = blockId, EntityVersion = EntityVersion + 1 };
}
