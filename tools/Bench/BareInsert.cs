using System.Data;
using Dapper;
using DaprSocial.Identifiers;
using Npgsql;

namespace DaprSocial.Bench;

/// <summary>
/// The peer: the row of a post inserted by the same driver into a copy of the post table, in a transaction of its own
/// and without anything else that a command does.
/// </summary>
internal sealed class BareInsert : IAsyncDisposable
{
    private const string CreateTable = """
        drop schema if exists daprsocial_bench cascade;
        create schema daprsocial_bench;
        create table daprsocial_bench.post (like posts.post including all)
        """;

    private const string DropTable = "drop schema daprsocial_bench cascade";

    private const string InsertOne = """
        insert into daprsocial_bench.post (id, author_id, text, reply_to, parent_author_id, root_id, language,
            visibility, deleted, entity_version)
        values (@id, @author, @text, @replyTo, @parentAuthor, @root, @language, @visibility, false, 1)
        """;

    private readonly NpgsqlDataSource _source;

    private BareInsert(NpgsqlDataSource source) => _source = source;

    public static async Task<BareInsert> CreateAsync(
        string connectionString, int poolSize, CancellationToken cancellationToken)
    {
        // As a service connects for its commands.
        var settings = new NpgsqlConnectionStringBuilder(connectionString)
        {
            MaxPoolSize = poolSize,
            MaxAutoPrepare = 100,
            AutoPrepareMinUsages = 3,
        };
        var peer = new BareInsert(NpgsqlDataSource.Create(settings));
        await peer.ExecuteAsync(CreateTable, null, cancellationToken);
        return peer;
    }

    public async Task InsertAsync(Guid author, string text, CancellationToken cancellationToken)
    {
        var parameters = new DynamicParameters();
        parameters.Add("id", Uuid.Create(TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds()));
        parameters.Add("author", author);
        parameters.Add("text", text);
        parameters.Add("replyTo", null, DbType.Guid);
        parameters.Add("parentAuthor", null, DbType.Guid);
        parameters.Add("root", null, DbType.Guid);
        parameters.Add("language", "");
        parameters.Add("visibility", (short)1);
        await ExecuteAsync(InsertOne, parameters, cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        // Also after Ctrl-C: the copy is of no use to anybody.
        await ExecuteAsync(DropTable, null, CancellationToken.None);
        await _source.DisposeAsync();
    }

    private async Task ExecuteAsync(string sql, object? parameters, CancellationToken cancellationToken)
    {
        await using var connection = await _source.OpenConnectionAsync(cancellationToken);
        await connection.ExecuteAsync(new CommandDefinition(sql, parameters, cancellationToken: cancellationToken));
    }
}
