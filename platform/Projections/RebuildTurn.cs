using Dapper;
using Npgsql;

namespace DaprSocial.Projections;

/// <summary>
/// The turn to rebuild or drop: one at a time among all processes. The database takes it back if the process dies.
/// </summary>
internal sealed class RebuildTurn : IAsyncDisposable
{
    private const string Take = "select pg_try_advisory_lock(hashtextextended(@name, 0))";
    private const string Return = "select pg_advisory_unlock(hashtextextended(@name, 0))";

    private readonly NpgsqlConnection _connection;
    private readonly string _name;

    private RebuildTurn(NpgsqlConnection connection, string name) => (_connection, _name) = (connection, name);

    /// <returns>The turn; null when another has it.</returns>
    public static async Task<RebuildTurn?> TryTakeAsync(
        NpgsqlDataSource source, string appId, CancellationToken cancellationToken)
    {
        var name = $"daprsocial.rebuild.{appId}";
        var connection = await source.OpenConnectionAsync(cancellationToken);
        try
        {
            if (await connection.QuerySingleAsync<bool>(new CommandDefinition(
                    Take, new { name }, cancellationToken: cancellationToken)))
                return new RebuildTurn(connection, name);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }

        await connection.DisposeAsync();
        return null;
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        // Said, because a connection that goes back to its pool keeps what it locked until somebody takes it again. A
        // connection that broke has lost the lock already.
        if (_connection.FullState == System.Data.ConnectionState.Open)
            await _connection.ExecuteAsync(Return, new { name = _name });
        await _connection.DisposeAsync();
    }
}
