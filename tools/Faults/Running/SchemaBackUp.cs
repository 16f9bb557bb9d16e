using System.Data;
using Dapper;
using Npgsql;

namespace DaprSocial.Faults.Running;

/// <summary>
/// Copies all that a service keeps in PostgreSQL, as of one moment, and puts it back: what a backup of its database
/// would do, which in production is its own.
/// </summary>
internal sealed class SchemaBackUp(string postgres)
{
    private const string ClearCopy = "drop schema if exists faults_backup cascade; create schema faults_backup";

    // The statements are written by the database, which knows how names are quoted.
    private const string FindTables = """
        select format('create table faults_backup.%I as table %I.%I', copy_name, table_schema, table_name) as save,
               format('delete from %I.%I', table_schema, table_name) as clear,
               format('insert into %I.%I (%s) overriding system value select %s from faults_backup.%I',
                   table_schema, table_name, columns, columns, copy_name) as fill
        from (
            select table_schema, table_name, table_schema || '.' || table_name as copy_name,
                   (select string_agg(quote_ident(column_name), ', ' order by ordinal_position)
                    from information_schema.columns c
                    where c.table_schema = t.table_schema and c.table_name = t.table_name
                        and is_generated = 'NEVER') as columns
            from information_schema.tables t
            where table_type = 'BASE TABLE' and (table_schema = @app or table_schema like @app || '\_v%')
        ) found
        order by copy_name
        """;

    private const string FindHead = "select coalesce(max(position), 0) from event_log";

    /// <summary>Replaces an earlier copy.</summary>
    /// <returns>How many events the copy holds.</returns>
    public Task<long> SaveAsync(string app, CancellationToken cancellationToken) => InTransactionAsync(
        app,
        async (tables, transaction) =>
        {
            await ExecuteAsync(ClearCopy, transaction);
            foreach (var table in tables)
                await ExecuteAsync(table.Save, transaction);
        },
        cancellationToken);

    /// <summary>None of the service's processes may run.</summary>
    /// <returns>How many events were there before.</returns>
    public async Task<long> RestoreAsync(string app, CancellationToken cancellationToken) => await InTransactionAsync(
        app,
        async (tables, transaction) =>
        {
            // Foreign keys were right when the copy was made.
            await ExecuteAsync("set local session_replication_role = replica", transaction);
            foreach (var table in tables)
            {
                await ExecuteAsync(table.Clear, transaction);
                await ExecuteAsync(table.Fill, transaction);
            }
        },
        cancellationToken);

    private async Task<long> InTransactionAsync(
        string app, Func<IReadOnlyList<Table>, NpgsqlTransaction, Task> actAsync, CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection($"{postgres};Pooling=false;Search Path={app}");
        await connection.OpenAsync(cancellationToken);
        await using var transaction =
            await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken);
        var tables = await connection.QueryAsync<Table>(new CommandDefinition(
            FindTables, new { app }, transaction, cancellationToken: cancellationToken));
        var head = await connection.QuerySingleAsync<long>(new CommandDefinition(
            FindHead, null, transaction, cancellationToken: cancellationToken));
        await actAsync([.. tables], transaction);
        await transaction.CommitAsync(cancellationToken);
        return head;
    }

    private static Task<int> ExecuteAsync(string sql, NpgsqlTransaction transaction) =>
        transaction.Connection!.ExecuteAsync(sql, transaction: transaction);

    private sealed record Table(string Save, string Clear, string Fill);
}
