using Dapper;
using Npgsql;

namespace DaprSocial.Hosting;

/// <summary>
/// Brings a service's schema up to date: every migration once, in order, each in the same transaction as its mark.
/// </summary>
public sealed class SchemaMigrator(
    WriteSource source, ServiceIdentity identity, IEnumerable<Migration> migrations, TimeProvider clock)
{
    private const string Lock = "select pg_advisory_xact_lock(hashtextextended(@name, 0))";

    private const string CreateMarks = """
        create table if not exists schema_migration (
            name       text primary key,
            apply_time timestamptz not null
        )
        """;

    private const string ReadMarks = "select name from schema_migration";
    private const string WriteMark = "insert into schema_migration (name, apply_time) values (@name, @time)";

    /// <summary>Applies what is missing. Safe to call from several processes at once: one does the work.</summary>
    /// <exception cref="NpgsqlException">
    /// The database is not reachable or refuses a statement; nothing is half done.
    /// </exception>
    public async Task MigrateAsync(CancellationToken cancellationToken)
    {
        await using var connection = await source.DataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await connection.ExecuteAsync(Lock, new { name = $"daprsocial.migrate.{identity.AppId}" }, transaction);
        await CreateSchemaAsync(connection, transaction, cancellationToken);
        await connection.ExecuteAsync(CreateMarks, transaction: transaction);
        var marks = (await connection.QueryAsync<string>(ReadMarks, transaction: transaction)).ToHashSet();
        foreach (var migration in migrations.Where(migration => !marks.Contains(migration.Name)))
        {
            await connection.ExecuteAsync(migration.Sql, transaction: transaction);
            await connection.ExecuteAsync(
                WriteMark, new { name = migration.Name, time = clock.GetUtcNow().UtcDateTime }, transaction);
        }

        await transaction.CommitAsync(cancellationToken);
    }

    private async Task CreateSchemaAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, CancellationToken cancellationToken)
    {
        // A schema's name cannot be a parameter; ours come from code and are checked to be plain words.
        if (identity.AppId.Length == 0 || !identity.AppId.All(char.IsAsciiLetterLower))
            throw new InvalidOperationException($"'{identity.AppId}' cannot name a schema.");
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Checked above to be letters only.
        command.CommandText = $"create schema if not exists {identity.AppId}";
#pragma warning restore CA2100
        command.Transaction = transaction;
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
