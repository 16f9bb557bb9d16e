using System.Data;
using Dapper;
using Npgsql;

namespace DaprSocial.Bench;

/// <summary>Where figures come from; without it they cannot be compared.</summary>
/// <param name="CoreCount">Processors that this process may use.</param>
/// <param name="PostgresSettings">Name and value of the settings that decide what a write costs.</param>
public sealed record BenchEnvironment(
    int CoreCount, string PostgresVersion, IReadOnlyDictionary<string, string> PostgresSettings)
{
    private const string ReadVersion = "select current_setting('server_version')";

    private const string ReadSettings = """
        select name, current_setting(name) from pg_settings
        where name in ('fsync', 'synchronous_commit', 'full_page_writes', 'shared_buffers', 'wal_sync_method')
        order by name
        """;

    internal static async Task<BenchEnvironment> ReadAsync(
        NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var version = await connection.QuerySingleAsync<string>(
            new CommandDefinition(ReadVersion, cancellationToken: cancellationToken));
        var settings = await connection.QueryAsync<(string Name, string Value)>(
            new CommandDefinition(ReadSettings, cancellationToken: cancellationToken));
        return new BenchEnvironment(
            Environment.ProcessorCount, version, settings.ToDictionary(row => row.Name, row => row.Value));
    }

    internal void WriteText(TextWriter output)
    {
        var settings = PostgresSettings.Select(setting => $"{setting.Key} {setting.Value}");
        output.WriteLine($"{CoreCount} cores; PostgreSQL {PostgresVersion}: {string.Join(", ", settings)}");
    }
}
