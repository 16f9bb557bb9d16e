using DaprSocial.Events;

namespace DaprSocial.Verify.Projections;

internal static class MediaComparisons
{
    private const string ExpectedView = """
        select id as media_id, owner_id, type, duration_ms, blurhash, variants, deleted, entity_version
        from {media}.media
        """;

    private const string ActualView = """
        select media_id, owner_id, type, duration_ms, blurhash, variants, deleted, entity_version
        from {media.projected}.media_view
        """;

    // Of one that is deleted Posts may never have learnt what it was.
    private const string ExpectedKnown = """
        select id as media_id, owner_id, deleted, case when not deleted then type end as type, entity_version
        from {media}.media
        """;

    private const string ActualKnown = """
        select media_id, owner_id, deleted, case when not deleted then type end as type, entity_version
        from {posts}.known_media
        """;

    public static IReadOnlyList<Comparison> All { get; } =
    [
        new(
            "media.media_view",
            AppIds.Media,
            [new("media_id")],
            ["owner_id", "type", "duration_ms", "blurhash", "variants", "deleted", "entity_version"],
            ExpectedView,
            ActualView,
            BaseTable: "{media}.media",
            Topics.Media,
            EntityId: "k.media_id::text"),
        new(
            "posts.known_media",
            AppIds.Posts,
            [new("media_id")],
            ["owner_id", "deleted", "type", "entity_version"],
            ExpectedKnown,
            ActualKnown,
            BaseTable: "{media}.media",
            Topics.Media,
            EntityId: "k.media_id::text"),
    ];
}
