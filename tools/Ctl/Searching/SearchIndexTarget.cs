using Dapper;
using DaprSocial.Bench.Searching;
using DaprSocial.Hosting;
using DaprSocial.Identifiers;
using DaprSocial.Posts.V1;
using DaprSocial.Search;
using DaprSocial.Search.Domain;
using DaprSocial.Search.Index;
using DaprSocial.Search.Language;
using DaprSocial.Search.Queries;
using DaprSocial.Search.Storage;
using DaprSocial.Users.V1;
using Npgsql;

namespace DaprSocial.Ctl.Searching;

/// <summary>The index of Search in a schema of its own, which is dropped at the end.</summary>
internal sealed class SearchIndexTarget : ISearchTarget, IAsyncDisposable
{
    private const string Schema = "bench_search_index";
    private const string Settle = "vacuum analyze bench_search_index.post_document, bench_search_index.search_word";
    private const string Drop = "drop schema if exists bench_search_index cascade";

    private readonly NpgsqlDataSource _source;
    private readonly PostgresIndexWriter _writer;
    private readonly PostgresSearchIndex _index;

    private SearchIndexTarget(NpgsqlDataSource source)
    {
        _source = source;
        var stems = new StemCache();
        _writer = new PostgresIndexWriter(stems);
        _index = new PostgresSearchIndex(new ReadSource(source), stems);
    }

    /// <summary>Makes an empty index; one that an ended run has left goes.</summary>
    public static async Task<SearchIndexTarget> CreateAsync(
        string connectionString, CancellationToken cancellationToken)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString)
        {
            SearchPath = Schema, MaxAutoPrepare = 100, AutoPrepareMinUsages = 3,
        };
        var target = new SearchIndexTarget(NpgsqlDataSource.Create(settings));
        await target.DropAsync();
        await SchemaMigrator.MigrateAsync(
            target._source, Schema, Migration.In(typeof(SearchModule).Assembly, Migration.ProjectionFolder),
            TimeProvider.System, cancellationToken);
        return target;
    }

    public async Task PutAsync(IReadOnlyList<BenchPost> posts, CancellationToken cancellationToken)
    {
        await using var connection = await _source.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await _writer.PutAsync([.. posts.Select(ToDocument)], [], transaction, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    public async Task SettleAsync(CancellationToken cancellationToken)
    {
        await using var connection = await _source.OpenConnectionAsync(cancellationToken);
        await connection.ExecuteAsync(new CommandDefinition(
            Settle, commandTimeout: 0, cancellationToken: cancellationToken));
    }

    public async Task<int> SearchAsync(string query, bool isTop, int limit, CancellationToken cancellationToken)
    {
        var expression = QueryParser.Parse(query);
        var found = await SearchAsync(expression, isTop, limit, cancellationToken);
        if (found >= SearchPostsHandler.FewHits)
            return found;
        var words = expression.Required.Select(term => term.CorrectableWord).OfType<string>().ToList();
        var similar = await _index.FindSimilarAsync(words, cancellationToken);
        return similar.Count == 0
            ? found
            : await SearchAsync(expression.Correct(similar), isTop, limit, cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await DropAsync();
        await _source.DisposeAsync();
    }

    private async Task<int> SearchAsync(
        SearchExpression expression, bool isTop, int limit, CancellationToken cancellationToken)
    {
        var order = isTop ? new SearchOrder(TimeProvider.System.GetUtcNow()) : SearchOrder.Recent;
        var search = new PostSearch(
            expression.Required, expression.Excluded, null, null, expression.Languages, expression.Since,
            expression.Until, expression.HasMedia, null, [], order, null, limit);
        return (await _index.SearchPostsAsync(search, cancellationToken)).Count;
    }

    private async Task DropAsync()
    {
        await using var connection = await _source.OpenConnectionAsync();
        await connection.ExecuteAsync(Drop);
    }

    private static PostDocument ToDocument(BenchPost post) => new(
        new Id<Post>(post.Id), new Id<User>(post.AuthorId), null, Visibility.Public, post.Language, post.Text,
        HasMedia: false, IsDeleted: false, EntityVersion: 1);
}
