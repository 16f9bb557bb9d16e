namespace DaprSocial.Load.Checking;

/// <summary>What the command stores hold at one moment: follows, blocks and likes that stand, all posts ever.</summary>
internal sealed record CommandStores(
    IReadOnlyList<StoredUser> Users,
    IReadOnlyList<StoredPost> Posts,
    IReadOnlyList<StoredFollow> Follows,
    IReadOnlyList<StoredBlock> Blocks,
    IReadOnlyList<StoredReaction> Reactions);
