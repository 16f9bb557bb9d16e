using System.Data;
using System.Globalization;
using System.Text;
using Dapper;
using Npgsql;

namespace DaprSocial.Ctl.Erasing;

/// <summary>Looks for what the stores hold of a user: directly, past the services that have erased it.</summary>
internal sealed class UserTraces(string connectionString)
{
    private const int TextLengthMin = 12;
    private const int TextCountMax = 100;
    private const int MediaCountMax = 1000;

    private const string FindUser = """
        select id, handle, display_name as DisplayName, bio from users.user_account
        where id::text = lower(@user) or handle = lower(@user)
        """;

    private const string ReadTexts = """
        select text
        from (
            select id, text from posts.post where author_id = @id
            union all
            select p.id, m.value->>'alt'
            from posts.post p cross join lateral jsonb_array_elements(nullif(p.media, '')::jsonb) m
            where p.author_id = @id
        ) t
        where length(text) >= @min order by id desc limit @limit
        """;

    private const string ListTables = """
        select quote_ident(table_schema) || '.' || quote_ident(table_name)
        from information_schema.tables
        where table_type = 'BASE TABLE' and table_schema ~ '^(users|posts|graph|timelines|media|search)(_v[0-9]+)?$'
        order by 1
        """;

    // A row that names another user as its owner is that user's, whatever it says. "offset 0" keeps a row's text from
    // being made again for each needle.
    private const string Count = """
        select count(*)
        from (select to_jsonb(t) as j, to_jsonb(t)::text as content from {table} t offset 0) r
        where (
                coalesce(j->>'author_id', j->>'stream', case when j ? 'handle' then j->>'id' end, j->>'scope') is null
                or coalesce(j->>'author_id', j->>'stream', case when j ? 'handle' then j->>'id' end, j->>'scope') = @id
                or j->>'scope' like 'app:%' and strpos(j->>'response', @hexId) > 0)
            and exists (select 1 from unnest(@needles) as c(needle) where strpos(r.content, c.needle) > 0)
        """;

    private const string BlockedOrBlocking = """
        select count(*) from {schema}.block_edge where @id in (blocker_id, blocked_id) and blocking
        """;

    private const string ReadMedia = """
        select id::text from media.media where owner_id = @id and not deleted order by id limit @limit
        """;

    /// <summary>Rows of the active projections that show the user, by table.</summary>
    private static readonly IReadOnlyList<(string App, string Table, string Sql)> _shown =
    [
        ("users", "user_view", "select count(*) from {schema}.user_view where id = @id"),
        ("posts", "post_view", "select count(*) from {schema}.post_view where author_id = @id and not deleted"),
        ("posts", "post_reaction", "select count(*) from {schema}.post_reaction where user_id = @id and liked"),
        ("graph", "follow_edge", """
            select count(*) from {schema}.follow_edge where @id in (follower_id, followee_id) and following
            """),
        ("posts", "block_edge", BlockedOrBlocking),
        ("graph", "block_edge", BlockedOrBlocking),
        ("timelines", "block_edge", BlockedOrBlocking),
        ("timelines", "author_timeline", """
            select count(*) from {schema}.author_timeline where author_id = @id and not deleted
            """),
        ("media", "media_view", "select count(*) from {schema}.media_view where owner_id = @id and not deleted"),
        ("timelines", "follow_edge", """
            select count(*) from {schema}.follow_edge where @id in (follower_id, followee_id) and following
            """),
        ("search", "post_document", """
            select count(*) from {schema}.post_document where author_id = @id and not deleted
            """),
        ("search", "user_document", "select count(*) from {schema}.user_document where id = @id and not deleted"),
        ("search", "follow_edge", """
            select count(*) from {schema}.follow_edge where @id in (follower_id, followee_id) and following
            """),
    ];

    /// <returns>Null when there is no such user, also none who was erased.</returns>
    public async Task<ErasedUser?> FindAsync(string user, CancellationToken cancellationToken)
    {
        await using var connection = await OpenAsync(cancellationToken);
        var row = await connection.QuerySingleOrDefaultAsync<(Guid Id, string? Handle, string Name, string Bio)>(
            new CommandDefinition(FindUser, new { user }, cancellationToken: cancellationToken));
        if (row.Id == Guid.Empty)
            return null;
        var posts = await connection.QueryAsync<string>(new CommandDefinition(
            ReadTexts, new { id = row.Id, min = TextLengthMin, limit = TextCountMax },
            cancellationToken: cancellationToken));
        return new ErasedUser(row.Id, row.Handle, [.. posts.Append(row.Name).Append(row.Bio)]);
    }

    /// <summary>Media of a user, whose bytes must be gone afterwards; the oldest where there are many.</summary>
    public async Task<IReadOnlyList<string>> ReadMediaAsync(Guid id, CancellationToken cancellationToken)
    {
        await using var connection = await OpenAsync(cancellationToken);
        return [.. await connection.QueryAsync<string>(new CommandDefinition(
            ReadMedia, new { id, limit = MediaCountMax }, cancellationToken: cancellationToken))];
    }

    /// <summary>How many rows of each projected table show the user.</summary>
    public async Task<IReadOnlyList<EraseStep>> CountShownAsync(Guid id, CancellationToken cancellationToken)
    {
        await using var connection = await OpenAsync(cancellationToken);
        var counts = new List<EraseStep>();
        foreach (var (app, table, sql) in _shown)
        {
            var version = await connection.QuerySingleAsync<int>(new CommandDefinition(
                "select version from {app}.projection_version where state = 'active'"
                    .Replace("{app}", app, StringComparison.Ordinal),
                cancellationToken: cancellationToken));
            var schema = string.Create(CultureInfo.InvariantCulture, $"{app}_v{version}");
            counts.Add(new EraseStep($"{app}.{table} (projected)", await connection.QuerySingleAsync<long>(
                new CommandDefinition(
                    sql.Replace("{schema}", schema, StringComparison.Ordinal), new { id },
                    cancellationToken: cancellationToken))));
        }

        return counts;
    }

    /// <summary>Searches every table of the mesh for the handle and the texts of a user.</summary>
    /// <returns>How many tables there are, and those that hold something of the user.</returns>
    public async Task<(int TableCount, IReadOnlyList<EraseStep> Found)> SearchAsync(
        ErasedUser user, CancellationToken cancellationToken)
    {
        var id = user.Id.ToString("D");
        var parameters = new { id, hexId = HexOf(id), needles = NeedlesOf(user) };
        var found = new List<EraseStep>();
        await using var connection = await OpenAsync(cancellationToken);
        var tables = (await connection.QueryAsync<string>(
            new CommandDefinition(ListTables, cancellationToken: cancellationToken))).ToList();
        foreach (var table in tables)
        {
            var count = await connection.QuerySingleAsync<long>(new CommandDefinition(
                Count.Replace("{table}", table, StringComparison.Ordinal), parameters, commandTimeout: 0,
                cancellationToken: cancellationToken));
            if (count > 0)
                found.Add(new EraseStep(table, count));
        }

        return (tables.Count, found);
    }

    /// <summary>What to search for: as it stands in a column, in JSON inside a column, and in bytes.</summary>
    internal static string[] NeedlesOf(ErasedUser user)
    {
        var needles = new List<string>();
        foreach (var text in user.Texts.Select(LongestPlainPart).Where(part => part.Length >= TextLengthMin))
            needles.AddRange([text, HexOf(text)]);
        if (user.Handle is { } handle)
        {
            // A handle may be a part of any word, so that it is looked for as a value.
            needles.AddRange([$"\"{handle}\"", $"\\\"{handle}\\\"", HexOf($"\u0012{(char)handle.Length}{handle}")]);
        }

        return [.. needles.Distinct()];
    }

    // Encodings write quotes, line ends and a few more in ways of their own; letters they leave alone.
    private static string LongestPlainPart(string text)
    {
        var (best, start) = ("", 0);
        for (var end = 0; end <= text.Length; end++)
        {
            if (end < text.Length && (char.IsAsciiLetterOrDigit(text[end]) || text[end] is ' ' or '.' or ',' or '-'))
                continue;
            if (end - start > best.Length)
                best = text[start..end];
            start = end + 1;
        }

        return best;
    }

    private static string HexOf(string text) => Convert.ToHexStringLower(Encoding.UTF8.GetBytes(text));

    private async Task<NpgsqlConnection> OpenAsync(CancellationToken cancellationToken)
    {
        var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(cancellationToken);
        return connection;
    }
}
