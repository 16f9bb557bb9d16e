using System.Globalization;
using Dapper;
using DaprSocial.Hosting;
using DaprSocial.Search.Domain;
using Npgsql;

namespace DaprSocial.Search.Storage;

/// <summary>Runs a query of the index: for a bounded time, and planned for the very words that it asks for.</summary>
internal static class BoundedRead
{
    private static readonly TimeSpan _timeout = TimeSpan.FromSeconds(2);

    // A plan for any words would either walk all posts for a rare one or sort them all for a frequent one.
    private const string Settings = """
        select set_config('statement_timeout', @timeoutMs, true),
            set_config('plan_cache_mode', 'force_custom_plan', true),
            set_config('pg_trgm.similarity_threshold', @similarity, true)
        """;

    /// <exception cref="Errors.ServiceException">QUERY_TOO_EXPENSIVE.</exception>
    public static Task<IReadOnlyList<T>> QueryAsync<T>(
        ReadSource source, string sql, object parameters, CancellationToken cancellationToken) =>
        QueryAsync<T>(source, sql, parameters, similarityMin: 1, cancellationToken);

    /// <summary>As the other, with how similar words must be that the operator % takes for similar.</summary>
    /// <exception cref="Errors.ServiceException">QUERY_TOO_EXPENSIVE.</exception>
    public static async Task<IReadOnlyList<T>> QueryAsync<T>(
        ReadSource source, string sql, object parameters, double similarityMin, CancellationToken cancellationToken)
    {
        await using var connection = await source.DataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var settings = new
        {
            timeoutMs = _timeout.TotalMilliseconds.ToString(CultureInfo.InvariantCulture),
            similarity = similarityMin.ToString(CultureInfo.InvariantCulture),
        };
        await connection.ExecuteAsync(new CommandDefinition(
            Settings, settings, transaction, cancellationToken: cancellationToken));
        try
        {
            return [.. await connection.QueryAsync<T>(new CommandDefinition(
                sql, parameters, transaction, cancellationToken: cancellationToken))];
        }
        catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.QueryCanceled
            && !cancellationToken.IsCancellationRequested)
        {
            throw SearchErrors.TooExpensive();
        }
    }
}
