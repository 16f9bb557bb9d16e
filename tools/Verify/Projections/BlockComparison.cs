using DaprSocial.Events;

namespace DaprSocial.Verify.Projections;

/// <summary>Who blocks whom: several services keep it, each for the readers it answers.</summary>
internal static class BlockComparison
{
    private const string Expected = "select blocker_id, blocked_id, blocking, entity_version from {graph}.user_block";

    /// <param name="appId">Whose projection.</param>
    /// <param name="actual">Its rows.</param>
    public static Comparison Of(string appId, string actual) => new(
        $"{appId}.block_edge",
        appId,
        [new("blocker_id"), new("blocked_id")],
        ["blocking", "entity_version"],
        Expected,
        actual,
        BaseTable: "{graph}.user_block",
        Topics.Graph,
        EntityId: "'block:' || k.blocker_id::text || ':' || k.blocked_id::text");
}
