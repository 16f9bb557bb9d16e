using DaprSocial.Events;

namespace DaprSocial.Verify.Projections;

internal static class GraphComparisons
{
    // An ended following has no id that anybody reads.
    private const string EdgeColumns = """
        follower_id, followee_id, following, case when following then follow_id end as follow_id, entity_version
        """;

    private const string ExpectedEdge = $"select {EdgeColumns} from {{graph}}.follow";
    private const string ActualEdge = $"select {EdgeColumns} from {{graph.projected}}.follow_edge";

    private const string BlockColumns = """
        blocker_id, blocked_id, blocking, case when blocking then block_id end as block_id, entity_version
        """;

    private const string ExpectedBlock = $"select {BlockColumns} from {{graph}}.user_block";
    private const string ActualBlock = $"select {BlockColumns} from {{graph.projected}}.block_edge";

    private const string CountsOf = """
        select user_id, sum(follower_count)::bigint as follower_count, sum(followee_count)::bigint as followee_count
        """;

    private const string ExpectedCount = $$"""
        {{CountsOf}}
        from (
            select followee_id as user_id, 1 as follower_count, 0 as followee_count from {graph}.follow where following
            union all
            select follower_id, 0, 1 from {graph}.follow where following
        ) n
        group by user_id
        """;

    private const string DerivedCount = $$"""
        {{CountsOf}}
        from (
            select followee_id as user_id, 1 as follower_count, 0 as followee_count
            from {graph.projected}.follow_edge where following
            union all
            select follower_id, 0, 1 from {graph.projected}.follow_edge where following
        ) n
        group by user_id
        """;

    private const string ActualCount = """
        select user_id, follower_count, followee_count from {graph.projected}.relation_count
        where follower_count <> 0 or followee_count <> 0
        """;

    public static IReadOnlyList<Comparison> All { get; } =
    [
        new(
            "graph.follow_edge",
            AppIds.Graph,
            [new("follower_id"), new("followee_id")],
            ["following", "follow_id", "entity_version"],
            ExpectedEdge,
            ActualEdge,
            BaseTable: "{graph}.follow",
            Topics.Graph,
            EntityId: "k.follower_id::text || ':' || k.followee_id::text"),
        BlockComparison.Of(AppIds.Graph, ActualBlock) with
        {
            Columns = ["blocking", "block_id", "entity_version"], ExpectedSql = ExpectedBlock,
        },
        new(
            "graph.relation_count",
            AppIds.Graph,
            [new("user_id")],
            ["follower_count", "followee_count"],
            ExpectedCount,
            ActualCount,
            BaseTable: "{users}.user_account",
            Topics.Graph,
            EntityId: "")
        {
            DerivedSql = DerivedCount,
        },
        new(
            "graph.known_user",
            AppIds.Graph,
            [new("user_id")],
            [],
            "select id as user_id from {users}.user_account where handle is not null",
            "select user_id from {graph}.known_user",
            BaseTable: "{users}.user_account",
            Topics.Users,
            EntityId: "k.user_id::text"),
    ];
}
