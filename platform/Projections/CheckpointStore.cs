using Dapper;
using DaprSocial.Hosting;
using Npgsql;

namespace DaprSocial.Projections;

/// <summary>The only code that reads and moves checkpoints, parked streams and the logs' identities.</summary>
internal sealed class CheckpointStore(WriteSource source, ReadSource readSource)
{
    // Sorted for the same reason as below: an instance waits for the other's new rows too.
    private const string Create = """
        insert into checkpoint (topic, stream, version)
        select topic, stream, 0 from unnest(@topics, @streams) as missing(topic, stream)
        order by topic, stream
        on conflict (topic, stream) do nothing
        """;

    // Sorted, so that two instances with streams in common wait for each other instead of deadlocking.
    private const string Lock = """
        select c.topic, c.stream, c.version, p.topic is not null as is_parked
        from unnest(@topics, @streams) as k(topic, stream)
        join checkpoint c on c.topic = k.topic and c.stream = k.stream
        left join parked_stream p on p.topic = c.topic and p.stream = c.stream
        order by c.topic, c.stream
        for update of c
        """;

    private const string Advance = """
        update checkpoint c set version = k.version
        from unnest(@topics, @streams, @versions, @counts) as k(topic, stream, version, count)
        where c.topic = k.topic and c.stream = k.stream and c.version = k.version - k.count
        """;

    private const string Read = """
        select c.topic, c.stream, c.version, p.topic is not null as is_parked
        from unnest(@topics, @streams) as k(topic, stream)
        join checkpoint c on c.topic = k.topic and c.stream = k.stream
        left join parked_stream p on p.topic = c.topic and p.stream = c.stream
        """;

    private const string Park = """
        insert into parked_stream (topic, stream, version, event_id, type, reason, park_time)
        values (@topic, @stream, @version, @eventId, @type, @reason, @time)
        on conflict (topic, stream) do nothing
        """;

    private const string ReadLogs = "select topic, log_id from log_source";

    // The update changes nothing; it makes the row that was there before come back too.
    private const string LearnLog = """
        insert into log_source (topic, log_id) values (@topic, @logId)
        on conflict (topic) do update set log_id = log_source.log_id
        returning log_id
        """;

    public ValueTask<NpgsqlConnection> OpenAsync(CancellationToken cancellationToken) =>
        source.DataSource.OpenConnectionAsync(cancellationToken);

    public static Task CreateAsync(
        IReadOnlyCollection<StreamKey> keys, NpgsqlTransaction transaction, CancellationToken cancellationToken) =>
        transaction.Connection!.ExecuteAsync(new CommandDefinition(
            Create, Arrays(keys), transaction, cancellationToken: cancellationToken));

    public static async Task<IReadOnlyList<StreamState>> LockAsync(
        IReadOnlyCollection<StreamKey> keys, NpgsqlTransaction transaction, CancellationToken cancellationToken) =>
        [.. (await transaction.Connection!.QueryAsync<(string, Guid, long, bool)>(new CommandDefinition(
            Lock, Arrays(keys), transaction, cancellationToken: cancellationToken))).Select(ToState)];

    public static Task<int> AdvanceAsync(
        IReadOnlyCollection<(StreamKey Key, long Version, long Count)> streams, NpgsqlTransaction transaction,
        CancellationToken cancellationToken)
    {
        var parameters = new
        {
            topics = streams.Select(stream => stream.Key.Topic).ToArray(),
            streams = streams.Select(stream => stream.Key.Stream).ToArray(),
            versions = streams.Select(stream => stream.Version).ToArray(),
            counts = streams.Select(stream => stream.Count).ToArray(),
        };
        return transaction.Connection!.ExecuteAsync(new CommandDefinition(
            Advance, parameters, transaction, cancellationToken: cancellationToken));
    }

    public async Task<IReadOnlyList<StreamState>> ReadAsync(
        IReadOnlyCollection<StreamKey> keys, CancellationToken cancellationToken)
    {
        await using var connection = await readSource.DataSource.OpenConnectionAsync(cancellationToken);
        return [.. (await connection.QueryAsync<(string, Guid, long, bool)>(new CommandDefinition(
            Read, Arrays(keys), cancellationToken: cancellationToken))).Select(ToState)];
    }

    public async Task ParkAsync(
        EventEnvelope row, string reason, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var connection = await source.DataSource.OpenConnectionAsync(cancellationToken);
        var parameters = new
        {
            topic = row.Key.Topic, stream = row.Key.Stream, version = row.Version, eventId = row.EventId,
            type = row.Type, reason, time = now.UtcDateTime,
        };
        await connection.ExecuteAsync(new CommandDefinition(Park, parameters, cancellationToken: cancellationToken));
    }

    public async Task<IReadOnlyDictionary<string, Guid>> ReadLogsAsync(CancellationToken cancellationToken)
    {
        await using var connection = await readSource.DataSource.OpenConnectionAsync(cancellationToken);
        var rows = await connection.QueryAsync<(string Topic, Guid LogId)>(
            new CommandDefinition(ReadLogs, cancellationToken: cancellationToken));
        return rows.ToDictionary(row => row.Topic, row => row.LogId);
    }

    /// <returns>The topic's log: the one that was learnt first.</returns>
    public async Task<Guid> LearnLogAsync(string topic, Guid logId, CancellationToken cancellationToken)
    {
        await using var connection = await source.DataSource.OpenConnectionAsync(cancellationToken);
        return await connection.QuerySingleAsync<Guid>(new CommandDefinition(
            LearnLog, new { topic, logId }, cancellationToken: cancellationToken));
    }

    private static object Arrays(IReadOnlyCollection<StreamKey> keys) => new
    {
        topics = keys.Select(key => key.Topic).ToArray(),
        streams = keys.Select(key => key.Stream).ToArray(),
    };

    private static StreamState ToState((string Topic, Guid Stream, long Version, bool IsParked) row) =>
        new(new StreamKey(row.Topic, row.Stream), row.Version, row.IsParked);
}
