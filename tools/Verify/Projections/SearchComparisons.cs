using DaprSocial.Events;

namespace DaprSocial.Verify.Projections;

internal static class SearchComparisons
{
    // Of a deleted post a stub stays, which holds nothing but whose it was.
    private const string ExpectedPosts = """
        select id as post_id, author_id, case when not deleted then parent_author_id end as parent_author_id,
            case when not deleted then visibility else 1 end as visibility,
            case when not deleted then language else '' end as language,
            case when not deleted then text else '' end as text, not deleted and media <> '' as has_media,
            deleted, entity_version, not deleted as has_terms
        from {posts}.post
        """;

    private const string ActualPosts = """
        select post_id, author_id, parent_author_id, visibility, language, text, has_media, deleted, entity_version,
            terms is not null as has_terms
        from {search.projected}.post_document
        """;

    // An erased user keeps a row, which has no handle.
    private const string ExpectedUsers = """
        select id, coalesce(handle, '') as handle,
            case when handle is null then '' else display_name end as display_name,
            case when handle is null then '' else bio end as bio, handle is null as deleted, entity_version
        from {users}.user_account
        """;

    private const string ActualUsers =
        "select id, handle, display_name, bio, deleted, entity_version from {search.projected}.user_document";

    // How words are cut is the service's affair; whether they are counted right can be told from the index itself, for
    // words of plain letters, which PostgreSQL and the service take for the same.
    private const string ExpectedWords = """
        select word, count(*)::bigint as post_count
        from (
            select d.post_id, t.lexeme collate "C" as word
            from {search.projected}.post_document d, unnest(d.terms) t
            where not d.deleted and d.visibility = 1
        ) w
        where word ~ '^[a-z]{4,30}$'
        group by word
        """;

    private const string ActualWords =
        "select word, post_count from {search.projected}.search_word where word ~ '^[a-z]{4,30}$'";

    public static IReadOnlyList<Comparison> All { get; } =
    [
        new(
            "search.post_document",
            AppIds.Search,
            [new("post_id")],
            [
                "author_id", "parent_author_id", "visibility", "language", "text", "has_media", "deleted",
                "entity_version", "has_terms",
            ],
            ExpectedPosts,
            ActualPosts,
            BaseTable: "{posts}.post",
            Topics.Posts,
            EntityId: "k.post_id::text"),
        new(
            "search.user_document",
            AppIds.Search,
            [new("id")],
            ["handle", "display_name", "bio", "deleted", "entity_version"],
            ExpectedUsers,
            ActualUsers,
            BaseTable: "{users}.user_account",
            Topics.Users,
            EntityId: "k.id::text"),
        new(
            "search.search_word",
            AppIds.Search,
            [new("word", "text")],
            ["post_count"],
            ExpectedWords,
            ActualWords,
            BaseTable: "{search.projected}.search_word",
            Topics.Posts,
            EntityId: ""),
        new(
            "search.follow_edge",
            AppIds.Search,
            [new("follower_id"), new("followee_id")],
            ["following", "entity_version"],
            "select follower_id, followee_id, following, entity_version from {graph}.follow",
            "select follower_id, followee_id, following, entity_version from {search.projected}.follow_edge",
            BaseTable: "{graph}.follow",
            Topics.Graph,
            EntityId: "k.follower_id::text || ':' || k.followee_id::text"),
    ];
}
