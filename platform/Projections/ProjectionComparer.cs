using Dapper;
using DaprSocial.Hosting;
using DaprSocial.Projections.V1;
using Npgsql;

namespace DaprSocial.Projections;

/// <summary>
/// Compares the rows of two versions of a projection. Both move on meanwhile: rows that differ are looked at again
/// after both have caught up, and only those that differ every time are differences.
/// </summary>
internal sealed class ProjectionComparer(WriteSource source)
{
    private const int RoundsMax = 8;
    private const int ShownMax = 100;

    // Checkpoints and their like are how a version works, not what it says.
    private const string ReadTables = """
        select c.relname, array_agg(a.attname::text order by array_position(i.indkey::int2[], a.attnum))
        from pg_class c
        join pg_index i on i.indrelid = c.oid and i.indisprimary
        join pg_attribute a on a.attrelid = c.oid and a.attnum = any(i.indkey)
        where c.relnamespace = @schema::regnamespace and c.relkind = 'r'
            and c.relname not in ('checkpoint', 'parked_stream', 'log_source', 'schema_migration')
        group by c.relname order by c.relname
        """;

    /// <summary>Compares samples of every table.</summary>
    /// <param name="activeSchema">One version.</param>
    /// <param name="otherSchema">The other.</param>
    /// <param name="sampleSize">About how many rows of each table; negative for all.</param>
    /// <param name="catchUp">Makes both versions apply all that the logs hold.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<ProjectionComparison> CompareAsync(
        string activeSchema, string otherSchema, int sampleSize, Func<Task> catchUp,
        CancellationToken cancellationToken)
    {
        await using var connection = await source.DataSource.OpenConnectionAsync(cancellationToken);
        var result = new ProjectionComparison();
        var tables = await connection.QueryAsync<(string Name, string[] Keys)>(new CommandDefinition(
            ReadTables, new { schema = activeSchema }, cancellationToken: cancellationToken));
        foreach (var (table, keys) in tables)
        {
            var sql = new TableComparison(activeSchema, otherSchema, table, keys);
            var rows = await connection.QuerySingleAsync<long>(new CommandDefinition(
                sql.CountRows, cancellationToken: cancellationToken));
            var buckets = sampleSize < 0 ? 1 : Math.Max(1, rows / Math.Max(1, sampleSize));
            var differing = await ReadAsync(connection, sql.Sample, new { buckets }, cancellationToken);
            for (var round = 1; differing.Count > 0 && round < RoundsMax; round++)
            {
                await catchUp();
                var again = new { keys = differing.Select(row => row.Key).ToArray() };
                differing = await ReadAsync(connection, sql.Again, again, cancellationToken);
            }

            result.RowCount += rows / buckets;
            result.DifferenceCount += differing.Count;
            result.Differences.AddRange(differing.Take(ShownMax - result.Differences.Count));
        }

        return result;
    }

    private static async Task<IReadOnlyList<ProjectionDifference>> ReadAsync(
        NpgsqlConnection connection, string sql, object parameters, CancellationToken cancellationToken) =>
        [.. (await connection.QueryAsync<(string Table, string Key, string? Active, string? Other)>(
            new CommandDefinition(sql, parameters, cancellationToken: cancellationToken)))
            .Select(row => new ProjectionDifference
            {
                Table = row.Table, Key = row.Key, ActiveRow = row.Active ?? "", OtherRow = row.Other ?? "",
            })];
}
