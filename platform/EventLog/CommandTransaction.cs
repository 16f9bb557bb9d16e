using Dapper;
using DaprSocial.Errors;
using Google.Protobuf;
using Npgsql;

namespace DaprSocial.EventLog;

/// <summary>
/// The one transaction of a command: its rows, its events and its answer commit together or not at all.
/// </summary>
public sealed class CommandTransaction
{
    // Counts the version up at once, so that a command with one event needs no second write to the row.
    private const string LockStream = """
        insert into stream_head (topic, stream, version, last_id_ms, erase_time)
        values (@topic, @stream, 1, @nowMs, @eraseTime::timestamptz)
        on conflict (topic, stream) do update
        set version = stream_head.version + 1, last_id_ms = greatest(stream_head.last_id_ms + 1, excluded.last_id_ms),
            erase_time = coalesce(stream_head.erase_time, excluded.erase_time)
        returning version, last_id_ms, (select log_id from event_log_state), erase_time is not null
        """;

    private const string CorrectStream = """
        update stream_head set version = $3, last_id_ms = $4 where topic = $1 and stream = $2
        """;

    private const string InsertPending = """
        insert into event_pending (event_id, topic, stream, version, entity_id, entity_version, type, schema_version,
            occur_time, actor, request_id, traceparent, after, payload)
        values ($1, $2, $3, $4, $5, $6, $7, 1, $8, $9, $10, $11, $12, $13)
        """;

    private const string StoreResponse = """
        update request set response = $4 where scope = $1 and rpc = $2 and request_id = $3
        """;

    private readonly List<CommandStream> _streams = [];

    internal CommandTransaction(NpgsqlConnection connection, NpgsqlTransaction transaction, DateTimeOffset now)
    {
        Connection = connection;
        Transaction = transaction;
        Now = now;
    }

    private NpgsqlConnection Connection { get; }

    private NpgsqlTransaction Transaction { get; }

    /// <summary>When the command decides; the same all through it.</summary>
    public DateTimeOffset Now { get; }

    /// <summary>Locks the actor's stream in a topic until the end. Call it before touching any entity.</summary>
    /// <param name="topic">A topic that this service owns.</param>
    /// <param name="stream">The actor's user id.</param>
    /// <param name="cancellationToken">Gives up waiting for the lock.</param>
    /// <exception cref="ServiceException">USER_NOT_FOUND: the actor was erased.</exception>
    public async Task<CommandStream> LockStreamAsync(string topic, Guid stream, CancellationToken cancellationToken)
    {
        var (locked, isErased) = await LockStreamAsync(topic, stream, null, cancellationToken);
        return isErased ? throw Refusals.ActorErased(stream) : locked;
    }

    /// <summary>Locks the stream of a user who is erased: from now on no command of that actor is taken.</summary>
    /// <param name="topic">A topic that this service owns.</param>
    /// <param name="stream">The user's id.</param>
    /// <param name="cancellationToken">Gives up waiting for the lock.</param>
    public async Task<CommandStream> LockErasedStreamAsync(
        string topic, Guid stream, CancellationToken cancellationToken) =>
        (await LockStreamAsync(topic, stream, Now.UtcDateTime, cancellationToken)).Stream;

    /// <summary>Runs a statement of the command.</summary>
    /// <param name="sql">A constant; parameters as <c>@name</c>.</param>
    /// <param name="parameters">An object with a property for each parameter.</param>
    /// <param name="cancellationToken">Ends the statement, and with it the command.</param>
    /// <returns>How many rows it changed.</returns>
    public Task<int> ExecuteAsync(string sql, object parameters, CancellationToken cancellationToken) =>
        Connection.ExecuteAsync(
            new CommandDefinition(sql, parameters, Transaction, cancellationToken: cancellationToken));

    /// <summary>Reads at most one row of the command's state.</summary>
    /// <returns>The row, or the default of <typeparamref name="T"/> when there is none.</returns>
    public Task<T?> FindAsync<T>(string sql, object parameters, CancellationToken cancellationToken) =>
        Connection.QuerySingleOrDefaultAsync<T>(
            new CommandDefinition(sql, parameters, Transaction, cancellationToken: cancellationToken));

    /// <summary>Reads rows of the command's state, or those that a statement returns of what it changed.</summary>
    public async Task<IReadOnlyList<T>> ReadAsync<T>(
        string sql, object parameters, CancellationToken cancellationToken) =>
        [.. await Connection.QueryAsync<T>(
            new CommandDefinition(sql, parameters, Transaction, cancellationToken: cancellationToken))];

    /// <summary>True when the command recorded an event.</summary>
    internal bool HasEvents => _streams.Exists(stream => stream.Events.Count > 0);

    internal async Task FinishAsync(CommandCall call, IMessage response, CancellationToken cancellationToken)
    {
        await using var batch = new NpgsqlBatch(Connection, Transaction);
        foreach (var stream in _streams)
        {
            stream.ThrowIfNotAfter(call.After);
            if (stream.NeedsCorrection)
                Add(batch, CorrectStream, stream.Topic, stream.Stream, stream.Version, stream.LastIdMs);
            foreach (var pending in stream.Events)
                Add(batch, InsertPending, pending.EventId, stream.Topic, stream.Stream, pending.Version,
                    pending.EntityId, pending.EntityVersion, pending.Type, Now.UtcDateTime, stream.Stream,
                    call.RequestId, call.Traceparent, call.After.ToString(), pending.Payload);
        }

        if (call.RequestId.Length > 0)
            Add(batch, StoreResponse, call.Scope, call.Rpc, call.RequestId, response.ToByteArray());
        if (batch.BatchCommands.Count > 0)
            await batch.ExecuteNonQueryAsync(cancellationToken);
    }

    private async Task<(CommandStream Stream, bool IsErased)> LockStreamAsync(
        string topic, Guid stream, DateTime? eraseTime, CancellationToken cancellationToken)
    {
        var (version, lastIdMs, logId, isErased) = await Connection.QuerySingleAsync<(long, long, Guid, bool)>(
            new CommandDefinition(
                LockStream, new { topic, stream, nowMs = Now.ToUnixTimeMilliseconds(), eraseTime }, Transaction,
                cancellationToken: cancellationToken));
        var locked = new CommandStream(topic, stream, logId, version - 1, lastIdMs);
        _streams.Add(locked);
        return (locked, isErased);
    }

    private static void Add(NpgsqlBatch batch, string sql, params ReadOnlySpan<object> values)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var value in values)
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        batch.BatchCommands.Add(command);
    }
}
