using DaprSocial.Events;

namespace DaprSocial.Verify.Projections;

internal static class PostComparisons
{
    // A tombstone keeps who wrote it and what it answered; the rest of it depends on whether the view was there before.
    private const string ExpectedView = """
        select id as post_id, author_id, text, reply_to,
            case when not deleted then parent_author_id end as parent_author_id,
            case when not deleted then root_id end as root_id,
            case when not deleted then language end as language,
            case when not deleted then visibility end as visibility, media, deleted, entity_version
        from {posts}.post
        """;

    private const string ActualView = """
        select post_id, author_id, text, reply_to,
            case when not deleted then parent_author_id end as parent_author_id,
            case when not deleted then root_id end as root_id,
            case when not deleted then language end as language,
            case when not deleted then visibility end as visibility, media, deleted, entity_version
        from {posts.projected}.post_view
        """;

    // What a post was written after stands in its event alone. Public posts wait for nothing.
    public const string ExpectedAfter = """
        select p.id as post_id, e.after
        from {posts}.post p
        join {posts}.event_log e on e.topic = 'posts' and e.stream = p.author_id and e.entity_id = p.id::text
            and e.entity_version = p.entity_version
        where p.visibility <> 1 and not p.deleted
        """;

    private const string ActualAfter =
        "select post_id, after from {posts.projected}.post_view where visibility <> 1 and not deleted";

    private const string ExpectedCount = """
        select post_id, sum(like_count)::bigint as like_count, sum(reply_count)::bigint as reply_count
        from (
            select post_id, 1 as like_count, 0 as reply_count from {posts}.reaction where liked
            union all
            select reply_to, 0, 1 from {posts}.post where reply_to is not null and not deleted
        ) n
        group by post_id
        """;

    private const string DerivedCount = """
        select post_id, sum(like_count)::bigint as like_count, sum(reply_count)::bigint as reply_count
        from (
            select post_id, 1 as like_count, 0 as reply_count from {posts.projected}.post_reaction where liked
            union all
            select reply_to, 0, 1 from {posts.projected}.post_view where reply_to is not null and not deleted
        ) n
        group by post_id
        """;

    // No row means that nothing was counted yet, as does one of zeros.
    private const string ActualCount = """
        select post_id, like_count, reply_count from {posts.projected}.post_count
        where like_count <> 0 or reply_count <> 0
        """;

    public static IReadOnlyList<Comparison> All { get; } =
    [
        new(
            "posts.post_view",
            AppIds.Posts,
            [new("post_id")],
            [
                "author_id", "text", "reply_to", "parent_author_id", "root_id", "language", "visibility", "media",
                "deleted", "entity_version",
            ],
            ExpectedView,
            ActualView,
            BaseTable: "{posts}.post",
            Topics.Posts,
            EntityId: "k.post_id::text"),
        new(
            "posts.post_view.after",
            AppIds.Posts,
            [new("post_id")],
            ["after"],
            ExpectedAfter,
            ActualAfter,
            BaseTable: "{posts}.post",
            Topics.Posts,
            EntityId: "k.post_id::text"),
        new(
            "posts.post_reaction",
            AppIds.Posts,
            [new("post_id"), new("user_id")],
            ["liked", "entity_version"],
            "select post_id, user_id, liked, entity_version from {posts}.reaction",
            "select post_id, user_id, liked, entity_version from {posts.projected}.post_reaction",
            BaseTable: "{posts}.reaction",
            Topics.Reactions,
            EntityId: "k.post_id::text || ':' || k.user_id::text"),
        new(
            "posts.post_count",
            AppIds.Posts,
            [new("post_id")],
            ["like_count", "reply_count"],
            ExpectedCount,
            ActualCount,
            BaseTable: "{posts}.post",
            Topics.Posts,
            EntityId: "")
        {
            DerivedSql = DerivedCount,
        },
        BlockComparison.Of(
            AppIds.Posts,
            "select blocker_id, blocked_id, blocking, entity_version from {posts.projected}.block_edge"),
    ];
}
