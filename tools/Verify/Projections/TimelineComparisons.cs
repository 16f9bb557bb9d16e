using DaprSocial.Events;

namespace DaprSocial.Verify.Projections;

internal static class TimelineComparisons
{
    private const string ExpectedPosts = """
        select id as post_id, author_id, case when not deleted then parent_author_id end as parent_author_id,
            case when not deleted then visibility end as visibility, deleted, entity_version
        from {posts}.post
        """;

    private const string ActualPosts = """
        select post_id, author_id, case when not deleted then parent_author_id end as parent_author_id,
            case when not deleted then visibility end as visibility, deleted, entity_version
        from {timelines.projected}.author_timeline
        """;

    // Tokens are read here, not in SQL: these arrays hold what those of the posts compared name.
    private const string ExpectedPreconditions = """
        select post_id, topic, stream, version
        from unnest(@preconditionPosts, @preconditionTopics, @preconditionStreams, @preconditionVersions)
            as c(post_id, topic, stream, version)
        """;

    // Those of a deleted post may be gone or not, as its two events came.
    private const string ActualPreconditions = """
        select c.post_id, c.topic, c.stream, c.version
        from {timelines.projected}.post_precondition c
        where not exists (select 1 from {posts}.post p where p.id = c.post_id and p.deleted)
        """;

    /// <summary>The one comparison whose expected rows come as parameters.</summary>
    public static Comparison Preconditions { get; } = new(
        "timelines.post_precondition",
        AppIds.Timelines,
        [new("post_id"), new("topic", "text"), new("stream")],
        ["version"],
        ExpectedPreconditions,
        ActualPreconditions,
        BaseTable: "{posts}.post",
        Topics.Posts,
        EntityId: "k.post_id::text");

    public static IReadOnlyList<Comparison> All { get; } =
    [
        new(
            "timelines.author_timeline",
            AppIds.Timelines,
            [new("post_id")],
            ["author_id", "parent_author_id", "visibility", "deleted", "entity_version"],
            ExpectedPosts,
            ActualPosts,
            BaseTable: "{posts}.post",
            Topics.Posts,
            EntityId: "k.post_id::text"),
        new(
            "timelines.follow_edge",
            AppIds.Timelines,
            [new("follower_id"), new("followee_id")],
            ["following", "entity_version"],
            "select follower_id, followee_id, following, entity_version from {graph}.follow",
            "select follower_id, followee_id, following, entity_version from {timelines.projected}.follow_edge",
            BaseTable: "{graph}.follow",
            Topics.Graph,
            EntityId: "k.follower_id::text || ':' || k.followee_id::text"),
        Preconditions,
        BlockComparison.Of(
            AppIds.Timelines,
            "select blocker_id, blocked_id, blocking, entity_version from {timelines.projected}.block_edge"),
    ];
}
