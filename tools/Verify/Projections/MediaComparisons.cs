using DaprSocial.Events;

namespace DaprSocial.Verify.Projections;

internal static class MediaComparisons
{
    private const string Columns = "owner_id, type, duration_ms, blurhash, variants, deleted, entity_version";

    // Of one that is deleted Posts may never have learnt what it was.
    private const string Known = "owner_id, deleted, case when not deleted then type end as type, entity_version";

    public static IReadOnlyList<Comparison> All { get; } =
    [
        new(
            "media.media_view",
            AppIds.Media,
            [new("media_id")],
            ["owner_id", "type", "duration_ms", "blurhash", "variants", "deleted", "entity_version"],
            $"select id as media_id, {Columns} from {{media}}.media",
            $"select media_id, {Columns} from {{media.projected}}.media_view",
            BaseTable: "{media}.media",
            Topics.Media,
            EntityId: "k.media_id::text"),
        new(
            "posts.known_media",
            AppIds.Posts,
            [new("media_id")],
            ["owner_id", "deleted", "type", "entity_version"],
            $"select id as media_id, {Known} from {{media}}.media",
            $"select media_id, {Known} from {{posts}}.known_media",
            BaseTable: "{media}.media",
            Topics.Media,
            EntityId: "k.media_id::text"),
    ];
}
