using System.Data;
using Dapper;
using DaprSocial.Consistency;
using DaprSocial.Events;
using DaprSocial.Verify.Projections;
using Npgsql;

namespace DaprSocial.Verify.Comparing;

/// <summary>Command stores and projections as they were at one moment.</summary>
internal sealed class Snapshot : IAsyncDisposable
{
    // What a table holds about, without reading it; one that was never analyzed says -1.
    private const string EstimateRows = """
        select greatest(reltuples, pg_relation_size(oid) / 200)::bigint from pg_class where oid = to_regclass(@table)
        """;

    private const long WholeTableRowsMax = 1_000;
    private const string ReadAfter = "select x.post_id, x.after from ({expected}) x where {scope}";

    private readonly SchemaNames _names;
    private readonly NpgsqlConnection _connection;
    private readonly NpgsqlTransaction _transaction;

    private Snapshot(SchemaNames names, NpgsqlConnection connection, NpgsqlTransaction transaction) =>
        (_names, _connection, _transaction) = (names, connection, transaction);

    public static async Task<Snapshot> TakeAsync(
        NpgsqlDataSource source, CancellationToken cancellationToken)
    {
        var connection = await source.OpenConnectionAsync(cancellationToken);
        try
        {
            // Read again for every snapshot: another version of a projection may serve by now.
            var names = await SchemaNames.ReadAsync(connection, cancellationToken);
            var transaction = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken);
            return new Snapshot(names, connection, transaction);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>A bucket of about so many keys of a comparison.</summary>
    public async Task<Scope> SampleAsync(
        Comparison comparison, int size, long seed, CancellationToken cancellationToken)
    {
        var rows = await _connection.QuerySingleAsync<long>(
            Command(EstimateRows, new { table = _names.In(comparison.BaseTable) }, cancellationToken));
        // Small tables are read as a whole: that costs nothing, and an estimate of few rows is a bad one.
        var buckets = rows <= WholeTableRowsMax ? 1 : Math.Max(1, rows / size);
        // Another seed looks into another bucket, so that in time all are seen.
        return Scope.InBucket(buckets, (seed & long.MaxValue) % buckets);
    }

    public async Task<ComparisonResult> CompareAsync(
        Comparison comparison, Scope scope, CancellationToken cancellationToken)
    {
        var parameters = ParametersOf(comparison, scope);
        if (comparison == TimelineComparisons.Preconditions)
            await AddPreconditionsAsync(parameters, comparison, scope, cancellationToken);
        var sql = _names.In(ComparisonSql.Of(comparison, scope));
        var rows = (await _connection.QueryAsync<ResultRow>(Command(sql, parameters, cancellationToken))).ToList();
        return new ComparisonResult(
            rows[0].Compared,
            rows[0].Total,
            [.. rows.Where(row => row.Key is not null)
                .Select(row => new RowDifference(row.Key!, row.Expected, row.Actual, row.Derived))]);
    }

    public async ValueTask DisposeAsync()
    {
        await _transaction.DisposeAsync();
        await _connection.DisposeAsync();
    }

    private static DynamicParameters ParametersOf(Comparison comparison, Scope scope)
    {
        var parameters = new DynamicParameters();
        if (scope.Keys is { } keys)
        {
            for (var column = 0; column < comparison.Keys.Count; column++)
                parameters.Add($"key{column}", keys.Select(key => key[column]).ToArray());
        }
        else if (scope.BucketCount > 1)
        {
            parameters.Add("buckets", scope.BucketCount);
            parameters.Add("bucket", scope.Bucket);
        }

        return parameters;
    }

    private async Task AddPreconditionsAsync(
        DynamicParameters parameters, Comparison comparison, Scope scope, CancellationToken cancellationToken)
    {
        // By the first key alone: the others are known only when the tokens are read.
        var posts = comparison with { Keys = [comparison.Keys[0]] };
        var sql = _names.In(ReadAfter
            .Replace("{expected}", PostComparisons.ExpectedAfter, StringComparison.Ordinal)
            .Replace("{scope}", ComparisonSql.ScopeOf(posts, scope), StringComparison.Ordinal));
        var rows = await _connection.QueryAsync<(Guid Post, string After)>(Command(sql, parameters, cancellationToken));
        var wanted = rows
            .SelectMany(row => ConsistencyToken.Parse(row.After).Streams, (row, stream) => (row.Post, Stream: stream))
            .Where(row => row.Stream.Topic is Topics.Posts or Topics.Graph)
            // Of two logs with one name only one can be waited for.
            .DistinctBy(row => (row.Post, row.Stream.Topic, row.Stream.Stream)).ToList();
        parameters.Add("preconditionPosts", wanted.Select(row => row.Post).ToArray());
        parameters.Add("preconditionTopics", wanted.Select(row => row.Stream.Topic).ToArray());
        parameters.Add("preconditionStreams", wanted.Select(row => row.Stream.Stream).ToArray());
        parameters.Add("preconditionVersions", wanted.Select(row => row.Stream.Version).ToArray());
    }

    private CommandDefinition Command(string sql, object parameters, CancellationToken cancellationToken) =>
        new(sql, parameters, _transaction, commandTimeout: 0, cancellationToken: cancellationToken);

    // Properties, because Dapper finds no constructor that takes an array.
    private sealed record ResultRow
    {
        public long Compared { get; init; }
        public long Total { get; init; }
        public string[]? Key { get; init; }
        public string? Expected { get; init; }
        public string? Actual { get; init; }
        public string? Derived { get; init; }
    }
}
