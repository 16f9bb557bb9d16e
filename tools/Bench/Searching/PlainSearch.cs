using Dapper;
using Npgsql;

namespace DaprSocial.Bench.Searching;

/// <summary>The peer: the same texts in a table with a generated tsvector and a GIN index, and no more.</summary>
internal sealed class PlainSearch(NpgsqlDataSource source)
{
    public const string Schema = "bench_search_plain";

    private const string Create = """
        drop schema if exists bench_search_plain cascade;
        create schema bench_search_plain;
        create table bench_search_plain.post (
            post_id uuid primary key,
            text    text not null,
            words   tsvector generated always as (to_tsvector('simple', text)) stored
        );
        create index post_words on bench_search_plain.post using gin (words);
        """;

    private const string Drop = "drop schema if exists bench_search_plain cascade";

    private const string Put = """
        insert into bench_search_plain.post (post_id, text)
        select * from unnest(@ids, @texts) as c(post_id, text)
        """;

    private const string Found = "order by post_id desc limit @limit";

    private const string ByWords = $"""
        select post_id from bench_search_plain.post where words @@ plainto_tsquery('simple', @query) {Found}
        """;

    private const string ByPhrase = $"""
        select post_id from bench_search_plain.post where words @@ phraseto_tsquery('simple', @query) {Found}
        """;

    private const string ByPrefix = $"""
        select post_id from bench_search_plain.post where words @@ to_tsquery('simple', @query || ':*') {Found}
        """;

    public Task CreateAsync(CancellationToken cancellationToken) => ExecuteAsync(Create, null, cancellationToken);

    public Task DropAsync(CancellationToken cancellationToken) => ExecuteAsync(Drop, null, cancellationToken);

    public Task PutAsync(IReadOnlyList<BenchPost> posts, CancellationToken cancellationToken) => ExecuteAsync(
        Put,
        new { ids = posts.Select(post => post.Id).ToArray(), texts = posts.Select(post => post.Text).ToArray() },
        cancellationToken);

    public async Task<int> SearchAsync(
        PlainFunction function, string query, int limit, CancellationToken cancellationToken)
    {
        var sql = function switch
        {
            PlainFunction.Words => ByWords,
            PlainFunction.Phrase => ByPhrase,
            PlainFunction.Prefix => ByPrefix,
            _ => throw new ArgumentOutOfRangeException(nameof(function), function, "Not a plain function."),
        };
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        return (await connection.QueryAsync<Guid>(new CommandDefinition(
            sql, new { query, limit }, cancellationToken: cancellationToken))).AsList().Count;
    }

    private async Task ExecuteAsync(string sql, object? parameters, CancellationToken cancellationToken)
    {
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        await connection.ExecuteAsync(new CommandDefinition(
            sql, parameters, commandTimeout: 0, cancellationToken: cancellationToken));
    }
}
