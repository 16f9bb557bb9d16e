using System.Collections.Concurrent;
using System.Globalization;
using Npgsql;

namespace DaprSocial.Testing;

/// <summary>
/// A new, empty database on the private PostgreSQL that <c>./social test</c> starts; dropped when disposed.
/// </summary>
public sealed class TestDatabase : IAsyncDisposable
{
    /// <summary>The environment variable with the connection string of a superuser.</summary>
    public const string Variable = "DAPRSOCIAL_TEST_POSTGRES";

    // Names are used again: Dapper keeps the code that it makes for a query by connection string, and for a database
    // with a name of its own every query would be compiled anew.
    private static readonly ConcurrentBag<int> _freeNumbers = [];
    private static int _lastNumber;

    private readonly string _server;
    private readonly int _number;

    private TestDatabase(string server, int number) => (_server, _number) = (server, number);

    /// <summary>Connection string to the database.</summary>
    public string ConnectionString => new NpgsqlConnectionStringBuilder(_server) { Database = Name }.ConnectionString;

    private string Name => string.Create(CultureInfo.InvariantCulture, $"test_{Environment.ProcessId}_{_number}");

    /// <summary>Creates a database.</summary>
    /// <exception cref="InvalidOperationException">No server was named: tests run by <c>./social test</c>.</exception>
    public static async Task<TestDatabase> CreateAsync()
    {
        var server = Environment.GetEnvironmentVariable(Variable)
            ?? throw new InvalidOperationException($"{Variable} is not set; run the tests by ./social test.");
        var number = _freeNumbers.TryTake(out var free) ? free : Interlocked.Increment(ref _lastNumber);
        var database = new TestDatabase(server, number);
        // One of a process that was killed, whose number this process has.
        await database.DropAsync();
        await database.ExecuteAsync($"create database {database.Name}");
        return database;
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        await DropAsync();
        _freeNumbers.Add(_number);
    }

    private Task DropAsync() => ExecuteAsync($"drop database if exists {Name} with (force)");

    private async Task ExecuteAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(_server);
        await connection.OpenAsync();
#pragma warning disable CA2100 // The database's name is made here.
        await using var command = new NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync();
    }
}
