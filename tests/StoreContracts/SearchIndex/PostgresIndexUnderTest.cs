using DaprSocial.Hosting;
using DaprSocial.Search;
using DaprSocial.Search.Domain;
using DaprSocial.Search.Index;
using DaprSocial.Search.Storage;
using DaprSocial.Testing;
using Npgsql;

namespace DaprSocial.SearchIndex.Tests;

/// <summary>The PostgreSQL adapter in a schema of its own.</summary>
internal sealed class PostgresIndexUnderTest : IIndexUnderTest
{
    private readonly NpgsqlDataSource _write;
    private readonly NpgsqlDataSource _read;
    private readonly PostgresIndexWriter _writer;

    private PostgresIndexUnderTest(NpgsqlDataSource write, NpgsqlDataSource read)
    {
        (_write, _read) = (write, read);
        var stems = new StemCache();
        _writer = new PostgresIndexWriter(stems);
        Index = new PostgresSearchIndex(new ReadSource(read), stems);
    }

    public ISearchIndex Index { get; }

    public static async Task<PostgresIndexUnderTest> CreateAsync(TestDatabase database)
    {
        var schema = TestSchema.In(database);
        var watch = new StatementWatch();
        var index = new PostgresIndexUnderTest(schema.Connect(watch), schema.Connect(watch, isReadOnly: true));
        await SchemaMigrator.MigrateAsync(
            index._write, schema.Name, Migration.In(typeof(SearchModule).Assembly, Migration.ProjectionFolder),
            TimeProvider.System, CancellationToken.None);
        return index;
    }

    public async Task PutAsync(
        IReadOnlyCollection<PostDocument> posts, IReadOnlyCollection<UserDocument> users,
        CancellationToken cancellationToken)
    {
        await using var connection = await _write.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await _writer.PutAsync(posts, users, transaction, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await _write.DisposeAsync();
        await _read.DisposeAsync();
    }
}
