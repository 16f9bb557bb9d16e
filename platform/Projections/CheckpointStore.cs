using Dapper;
using DaprSocial.Hosting;
using DaprSocial.Projections.V1;
using Google.Protobuf.WellKnownTypes;
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

    // A stream that parked at its first event has no checkpoint.
    private const string Read = """
        select k.topic, k.stream, coalesce(c.version, 0) as version, p.topic is not null as is_parked
        from unnest(@topics, @streams) as k(topic, stream)
        left join checkpoint c on c.topic = k.topic and c.stream = k.stream
        left join parked_stream p on p.topic = k.topic and p.stream = k.stream
        where c.topic is not null or p.topic is not null
        """;

    private const string Park = """
        insert into parked_stream (topic, stream, version, event_id, type, reason, park_time)
        values (@topic, @stream, @version, @eventId, @type, @reason, @time)
        on conflict (topic, stream) do nothing
        """;

    private const string ReadParked = """
        select topic, stream, version, event_id, type, reason, park_time
        from parked_stream order by park_time, topic, stream limit @limit
        """;

    private const string ReadIsParked =
        "select exists (select from parked_stream where topic = @topic and stream = @stream)";

    private const string CountParked = "select count(*) from parked_stream";

    // With a skipped event the checkpoint moves over it, in the same statement as the stream is freed.
    private const string Release = """
        with freed as (
            delete from parked_stream
            where topic = @topic and stream = @stream and (@skipped::bigint is null or version = @skipped)
            returning topic, stream, version
        ), skipped as (
            insert into checkpoint (topic, stream, version)
            select topic, stream, version from freed where @skipped::bigint is not null
            on conflict (topic, stream) do update set version = excluded.version
            where checkpoint.version = excluded.version - 1
        )
        select count(*) from freed
        """;

    private const string ReadLogs = "select topic, log_id, position, is_rewound from log_source";

    private const string AdvanceLogs =
        "update log_source set position = greatest(position, @position) where topic = any(@topics)";

    private const string MarkRewound = "update log_source set is_rewound = true where topic = any(@topics)";

    // The update changes nothing; it makes the row that was there before come back too.
    private const string LearnLog = """
        insert into log_source (topic, log_id) values (@topic, @logId)
        on conflict (topic) do update set log_id = log_source.log_id
        returning topic, log_id, position, is_rewound
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

    /// <summary>The streams that parked first, and how many there are.</summary>
    public async Task<(IReadOnlyList<ParkedStream> Streams, long Count)> ListParkedAsync(
        int limit, CancellationToken cancellationToken)
    {
        await using var connection = await source.DataSource.OpenConnectionAsync(cancellationToken);
        var count = await connection.QuerySingleAsync<long>(
            new CommandDefinition(CountParked, cancellationToken: cancellationToken));
        var rows = await connection.QueryAsync<(string, Guid, long, Guid, string, string, DateTime)>(
            new CommandDefinition(ReadParked, new { limit }, cancellationToken: cancellationToken));
        return ([.. rows.Select(row => new ParkedStream
        {
            Topic = row.Item1, Stream = row.Item2.ToString("D"), Version = row.Item3,
            EventId = row.Item4.ToString("D"), Type = row.Item5, Reason = row.Item6,
            ParkTime = row.Item7.ToTimestamp(),
        })], count);
    }

    /// <summary>Frees a parked stream.</summary>
    /// <param name="key">The stream.</param>
    /// <param name="skipped">The version that it parked at, to go on after it; null to try it again.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>False when it is not parked, or not there.</returns>
    public async Task<bool> ReleaseAsync(StreamKey key, long? skipped, CancellationToken cancellationToken)
    {
        await using var connection = await source.DataSource.OpenConnectionAsync(cancellationToken);
        return await connection.QuerySingleAsync<long>(new CommandDefinition(
            Release, new { topic = key.Topic, stream = key.Stream, skipped },
            cancellationToken: cancellationToken)) == 1;
    }

    public async Task<bool> IsParkedAsync(StreamKey key, CancellationToken cancellationToken)
    {
        await using var connection = await source.DataSource.OpenConnectionAsync(cancellationToken);
        return await connection.QuerySingleAsync<bool>(new CommandDefinition(
            ReadIsParked, new { topic = key.Topic, stream = key.Stream }, cancellationToken: cancellationToken));
    }

    public async Task<IReadOnlyList<KnownLog>> ReadLogsAsync(CancellationToken cancellationToken)
    {
        await using var connection = await readSource.DataSource.OpenConnectionAsync(cancellationToken);
        return [.. (await connection.QueryAsync<(string, Guid, long, bool)>(
            new CommandDefinition(ReadLogs, cancellationToken: cancellationToken))).Select(ToLog)];
    }

    /// <returns>The topic's log: the one that was learnt first.</returns>
    public async Task<KnownLog> LearnLogAsync(string topic, Guid logId, CancellationToken cancellationToken)
    {
        await using var connection = await source.DataSource.OpenConnectionAsync(cancellationToken);
        return ToLog(await connection.QuerySingleAsync<(string, Guid, long, bool)>(new CommandDefinition(
            LearnLog, new { topic, logId }, cancellationToken: cancellationToken)));
    }

    /// <summary>Notes that the topics' log was compared with the checkpoints up to a position.</summary>
    public Task AdvanceLogsAsync(
        IReadOnlyCollection<string> topics, long position, CancellationToken cancellationToken) =>
        ExecuteAsync(AdvanceLogs, new { topics = topics.ToArray(), position }, cancellationToken);

    /// <summary>Notes that the topics' log has lost events, so that nobody goes on with it before a rebuild.</summary>
    public Task MarkRewoundAsync(IReadOnlyCollection<string> topics, CancellationToken cancellationToken) =>
        ExecuteAsync(MarkRewound, new { topics = topics.ToArray() }, cancellationToken);

    private async Task ExecuteAsync(string sql, object parameters, CancellationToken cancellationToken)
    {
        await using var connection = await source.DataSource.OpenConnectionAsync(cancellationToken);
        await connection.ExecuteAsync(new CommandDefinition(sql, parameters, cancellationToken: cancellationToken));
    }

    private static object Arrays(IReadOnlyCollection<StreamKey> keys) => new
    {
        topics = keys.Select(key => key.Topic).ToArray(),
        streams = keys.Select(key => key.Stream).ToArray(),
    };

    private static KnownLog ToLog((string Topic, Guid LogId, long Position, bool IsRewound) row) =>
        new(row.Topic, row.LogId, row.Position, row.IsRewound);

    private static StreamState ToState((string Topic, Guid Stream, long Version, bool IsParked) row) =>
        new(new StreamKey(row.Topic, row.Stream), row.Version, row.IsParked);
}
