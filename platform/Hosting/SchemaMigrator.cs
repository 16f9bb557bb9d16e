using Dapper;
using Npgsql;

namespace DaprSocial.Hosting;

/// <summary>
/// Brings a schema up to date: every migration once, in order, each in the same transaction as its mark.
/// </summary>
public static class SchemaMigrator
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
    /// <param name="source">Connections whose search path begins with the schema.</param>
    /// <param name="schema">Its name: lower-case letters, digits and underscores. Created if it is missing.</param>
    /// <param name="migrations">All that it must have seen, in order.</param>
    /// <param name="clock">Dates the marks.</param>
    /// <param name="cancellationToken">Gives up; nothing is half done.</param>
    /// <exception cref="NpgsqlException">
    /// The database is not reachable or refuses a statement; nothing is half done.
    /// </exception>
    public static async Task MigrateAsync(
        NpgsqlDataSource source, string schema, IEnumerable<Migration> migrations, TimeProvider clock,
        CancellationToken cancellationToken)
    {
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await connection.ExecuteAsync(Lock, new { name = $"daprsocial.migrate.{schema}" }, transaction);
        await CreateSchemaAsync(schema, connection, transaction, cancellationToken);
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

    private static async Task CreateSchemaAsync(
        string schema, NpgsqlConnection connection, NpgsqlTransaction transaction, CancellationToken cancellationToken)
    {
        // A schema's name cannot be a parameter; ours come from code and are checked to be plain words.
        if (schema.Length == 0
            || schema.Any(letter => letter is not ((>= 'a' and <= 'z') or (>= '0' and <= '9') or '_')))
            throw new InvalidOperationException($"'{schema}' cannot name a schema.");
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Checked above to be a plain word.
        command.CommandText = $"create schema if not exists {schema}";
#pragma warning restore CA2100
        command.Transaction = transaction;
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
