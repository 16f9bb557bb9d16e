using Dapper;
using DaprSocial.Hosting;
using DaprSocial.Identifiers;
using DaprSocial.Search.Domain;
using DaprSocial.Search.Index;
using DaprSocial.Search.Text;
using Npgsql;

namespace DaprSocial.Search.Storage;

/// <summary>Finds posts and users by PostgreSQL's text search.</summary>
internal sealed class PostgresSearchIndex(ReadSource source, StemCache stems) : ISearchIndex
{
    // A visibility that is not known here is of a later version of the contract; its author alone finds such a post.
    private const string Conditions = """
        p.terms @@ @query::tsquery and not p.deleted and p.post_id >= @low and p.post_id < @high
            and (p.visibility = 1 or p.author_id = @viewer or (p.visibility = 2 and p.author_id = any(@followees)))
            and (@authors::uuid[] is null or p.author_id = any(@authors))
            and (@parents::uuid[] is null or p.parent_author_id = any(@parents))
            and (@languages::text[] is null or split_part(p.language, '-', 1) = any(@languages))
            and (not @hasMedia or p.has_media)
        """;

    private const string SearchRecent = $"""
        select p.post_id, p.author_id, 0::float8 as score from post_document p
        where {Conditions}
        order by p.post_id desc limit @limit
        """;

    // An id's first 12 digits are its milliseconds.
    private const string SearchTop = $"""
        with candidate as materialized (
            select p.post_id, p.author_id, p.terms,
                ('x' || replace(left(p.post_id::text, 13), '-', ''))::bit(48)::bigint as create_ms
            from post_document p where {Conditions}
            order by p.post_id desc limit @candidates
        ), scored as (
            select post_id, author_id,
                ts_rank(terms, @rankQuery::tsquery)::float8
                    / (1 + greatest(@asOfMs - create_ms, 0) / @halfAgeMs) as score
            from candidate
        )
        select post_id, author_id, score from scored
        where @lastScore::float8 is null or (score, post_id) < (@lastScore, @lastId)
        order by score desc, post_id desc limit @limit
        """;

    // The two conditions are two index scans; the rest orders what they found.
    private const string SearchUsers = """
        select u.id, u.rank_group, u.handle
        from (
            select id, handle, case
                when handle = @text then 0
                when handle >= @text and handle < @textEnd then 1
                when terms @@ @nameQuery::tsquery then 2
                else 3 end as rank_group
            from user_document
            where not deleted
                and ((handle >= @text and handle < @textEnd) or terms @@ nullif(@query, '')::tsquery)
        ) u
        where (u.rank_group, u.handle, u.id) > (@lastGroup, @lastHandle collate "C", @lastId)
        order by u.rank_group, u.handle, u.id limit @limit
        """;

    private const string FindHandles =
        "select id from user_document where handle = any(@handles) and not deleted order by id";

    private const string FindKnown = "select word from search_word where word = any(@words)";

    private const string FindSimilar = """
        select word, post_count from search_word
        where word operator(public.%) @word and length(word) between length(@word) - 2 and length(@word) + 2
        order by public.similarity(word, @word) desc, post_count desc, word limit @limit
        """;

    private const int SimilarLookedAtMax = 200;

    private static readonly double _halfAgeMs = TimeSpan.FromDays(SearchOrder.HalfAgeDays).TotalMilliseconds;

    public async Task<IReadOnlyList<PostMatch>> SearchPostsAsync(
        PostSearch search, CancellationToken cancellationToken)
    {
        var forms = await ReadStemsAsync(
            Lexemes.StemsOf(search.Required.Concat(search.Excluded), search.Languages), cancellationToken);
        var rows = await BoundedRead.QueryAsync<(Guid Post, Guid Author, double Score)>(
            source, search.Order.AsOf is null ? SearchRecent : SearchTop, ParametersOf(search, forms),
            cancellationToken);
        return [.. rows.Select(row => new PostMatch(new PostId(row.Post), new UserId(row.Author), row.Score))];
    }

    public async Task<IReadOnlyList<UserMatch>> SearchUsersAsync(
        UserSearch search, CancellationToken cancellationToken)
    {
        var parameters = new
        {
            text = search.Text,
            // Above every handle that begins so: handles are ASCII letters, digits and underscores.
            textEnd = search.Text + '\x7f',
            query = Lexemes.QueryOf(search),
            nameQuery = Lexemes.QueryOf(search with { IsTypeahead = true }),
            lastGroup = search.After?.Group ?? -1,
            lastHandle = search.After?.Handle ?? "",
            lastId = search.After?.Id.Value ?? Guid.Empty,
            limit = search.Limit,
        };
        var rows = await BoundedRead.QueryAsync<(Guid Id, int Group, string Handle)>(
            source, SearchUsers, parameters, cancellationToken);
        return [.. rows.Select(row => new UserMatch(new UserId(row.Id), row.Group, row.Handle))];
    }

    public async Task<IReadOnlyList<UserId>> FindHandlesAsync(
        IReadOnlyCollection<string> handles, CancellationToken cancellationToken)
    {
        await using var connection = await source.DataSource.OpenConnectionAsync(cancellationToken);
        var rows = await connection.QueryAsync<Guid>(new CommandDefinition(
            FindHandles, new { handles = handles.ToArray() }, cancellationToken: cancellationToken));
        return [.. rows.Select(id => new UserId(id))];
    }

    public async Task<IReadOnlyDictionary<string, IReadOnlyList<string>>> FindSimilarAsync(
        IReadOnlyCollection<string> words, CancellationToken cancellationToken)
    {
        var similar = new Dictionary<string, IReadOnlyList<string>>();
        var known = await BoundedRead.QueryAsync<string>(
            source, FindKnown, new { words = words.ToArray() }, cancellationToken);
        foreach (var word in words.Except(known))
        {
            var candidates = await BoundedRead.QueryAsync<(string Word, long PostCount)>(
                source, FindSimilar, new { word, limit = SimilarLookedAtMax }, Spelling.SimilarityMin(word),
                cancellationToken);
            if (Spelling.Nearest(word, candidates) is { Count: > 0 } nearest)
                similar[word] = nearest;
        }

        return similar;
    }

    public async Task<IReadOnlyList<IReadOnlyList<TextSpan>>> HighlightAsync(
        IReadOnlyList<SearchTerm> terms, IReadOnlyList<(string Text, string Language)> texts,
        CancellationToken cancellationToken)
    {
        var cut = texts.Select(text => (Tokens: Tokenizer.Cut(text.Text), text.Language)).ToList();
        var languages = texts.Select(text => text.Language).Distinct().ToList();
        var wanted = terms.Any(term => term.Kind == TermKind.Word)
            ? cut.SelectMany(text => Lexemes.StemsOf(text.Tokens, text.Language))
                .Concat(Lexemes.StemsOf(terms, languages))
            : [];
        var forms = await ReadStemsAsync(wanted, cancellationToken);
        return [.. cut.Select(text => Highlighter.Mark(terms, text.Tokens, text.Language, forms))];
    }

    private async Task<Stems> ReadStemsAsync(
        IEnumerable<(string, string)> wanted, CancellationToken cancellationToken)
    {
        NpgsqlConnection? opened = null;
        try
        {
            return await stems.ReadAsync(
                wanted, async () => opened = await source.DataSource.OpenConnectionAsync(cancellationToken),
                cancellationToken);
        }
        finally
        {
            if (opened is not null)
                await opened.DisposeAsync();
        }
    }

    private static object ParametersOf(
        PostSearch search, Stems forms) => new
        {
            query = Lexemes.QueryOf(search.Required, search.Excluded, search.Languages, forms),
            rankQuery = Lexemes.QueryOf(search.Required, search.Languages, forms),
            low = search.Since is { } since ? Uuid.LowerBoundOf(since.ToUnixTimeMilliseconds()) : Guid.Empty,
            high = HighOf(search),
            viewer = search.Viewer?.Value,
            followees = search.Followees.Select(user => user.Value).ToArray(),
            authors = search.Authors?.Select(user => user.Value).ToArray(),
            parents = search.ParentAuthors?.Select(user => user.Value).ToArray(),
            languages = search.Languages.Count > 0 ? search.Languages.ToArray() : null,
            hasMedia = search.HasMedia,
            asOfMs = search.Order.AsOf?.ToUnixTimeMilliseconds() ?? 0,
            halfAgeMs = _halfAgeMs,
            candidates = SearchOrder.CandidatesMax,
            lastScore = search.After?.Score,
            lastId = search.After?.Id.Value ?? Guid.Empty,
            limit = search.Limit,
        };

    /// <summary>The id below which posts are looked for.</summary>
    private static Guid HighOf(PostSearch search)
    {
        var high = search.Until is { } until
            ? Uuid.LowerBoundOf(until.ToUnixTimeMilliseconds())
            : Guid.AllBitsSet;
        var other = search.Order.AsOf is { } asOf
            ? Uuid.LowerBoundOf(asOf.ToUnixTimeMilliseconds() + 1)
            : search.After?.Id.Value ?? Guid.AllBitsSet;
        return other.CompareTo(high) < 0 ? other : high;
    }
}
