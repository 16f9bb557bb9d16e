using System.Data.Common;
using Dapper;
using DaprSocial.Events.V1;
using DaprSocial.Hosting;
using Google.Protobuf.WellKnownTypes;

namespace DaprSocial.EventLog;

/// <summary>The only code that reads and moves the rows of the log.</summary>
internal sealed class EventLogStore(WriteSource source)
{
    // The log's identity of today, not the row's of then: a log that was restored and renamed is one log to its readers.
    private const string Columns = """
        position, event_id, topic, stream, version, entity_id, entity_version, type, schema_version, occur_time,
        sequence_time, actor, request_id, traceparent, after, (select log_id from event_log_state), payload
        """;

    private const string ReadAll =
        $"select {Columns} from event_log where position > @afterPosition order by position limit @limit";

    private const string ReadTopic = $"""
        select {Columns} from event_log where position > @afterPosition and topic = @topic
        order by position limit @limit
        """;

    private const string ReadStream = $"""
        select {Columns} from event_log where topic = @topic and stream = @stream and version > @afterVersion
        order by version limit @limit
        """;

    // One sequencer at a time; the lock ends with the transaction.
    private const string LockSequencer = "select pg_advisory_xact_lock(hashtextextended(@name, 0))";

    // A statement of its own after the lock, so that its snapshot sees what the sequencer before committed.
    private const string MovePending = """
        with moved as (
            delete from event_pending where seq in (select seq from event_pending order by seq limit @limit)
            returning *
        )
        insert into event_log (position, event_id, topic, stream, version, entity_id, entity_version, type,
            schema_version, occur_time, sequence_time, actor, request_id, traceparent, after, log_id, payload)
        select (select coalesce(max(position), 0) from event_log) + row_number() over (order by seq),
            event_id, topic, stream, version, entity_id, entity_version, type, schema_version, occur_time, @now,
            actor, request_id, traceparent, after, (select log_id from event_log_state), payload
        from moved
        """;

    private const string ReadState = """
        select log_id, published_position, (select coalesce(max(position), 0) from event_log) from event_log_state
        """;

    private const string ReadVersion = """
        select log_id,
            coalesce((select version from stream_head where topic = @topic and stream = @stream), 0)
        from event_log_state
        """;

    private const string Renew = """
        update event_log_state set log_id = gen_random_uuid(), published_position = 0 where log_id = @logId
        """;

    private const string ReadBacklog = """
        select (select count(*) from event_pending) + (select coalesce(max(position), 0) from event_log)
                - published_position,
            least(
                (select min(occur_time) from event_pending),
                (select occur_time from event_log where position = published_position + 1))
        from event_log_state
        """;

    // A relay that was overtaken while it paused changes nothing.
    private const string AdvancePublished =
        "update event_log_state set published_position = @to where published_position = @from";

    // Ends at the first young row, not only leaves it out: sequencers' clocks differ, so an older row may follow it, and
    // who goes on after that one would never see the young one again.
    private const string ReadHeads = """
        with changed as (
            select topic, stream, version, sequence_time, position from event_log
            where position > @afterPosition
            order by position limit @limit
        )
        select topic, stream, max(version) as version, max(sequence_time) as sequence_time, max(position) as position
        from changed
        where position < coalesce(
            (select min(position) from changed where sequence_time > @until), 9223372036854775807)
        group by topic, stream
        """;

    private const string DeleteExpired = """
        delete from request where (scope, rpc, request_id) in
            (select scope, rpc, request_id from request where expire_time <= @now order by expire_time limit @limit)
        """;

    public async Task<int> MovePendingAsync(
        string appId, DateTimeOffset now, int limit, CancellationToken cancellationToken)
    {
        await using var connection = await source.DataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await connection.ExecuteAsync(new CommandDefinition(
            LockSequencer, new { name = $"daprsocial.sequencer.{appId}" }, transaction,
            cancellationToken: cancellationToken));
        CrashPoint.Hit("sequencer.locked");
        var moved = await connection.ExecuteAsync(new CommandDefinition(
            MovePending, new { now = now.UtcDateTime, limit }, transaction, cancellationToken: cancellationToken));
        if (moved > 0)
            CrashPoint.Hit("sequencer.commit.before");
        await transaction.CommitAsync(cancellationToken);
        if (moved > 0)
            CrashPoint.Hit("sequencer.commit.after");
        return moved;
    }

    public async Task<LogState> ReadStateAsync(CancellationToken cancellationToken)
    {
        await using var connection = await source.DataSource.OpenConnectionAsync(cancellationToken);
        var (logId, published, head) = await connection.QuerySingleAsync<(Guid, long, long)>(
            new CommandDefinition(ReadState, cancellationToken: cancellationToken));
        return new LogState(logId, published, head);
    }

    /// <summary>The version of a stream's newest committed event, and the log's identity.</summary>
    public async Task<(Guid LogId, long Version)> ReadVersionAsync(
        string topic, Guid stream, CancellationToken cancellationToken)
    {
        await using var connection = await source.DataSource.OpenConnectionAsync(cancellationToken);
        return await connection.QuerySingleAsync<(Guid, long)>(new CommandDefinition(
            ReadVersion, new { topic, stream }, cancellationToken: cancellationToken));
    }

    /// <summary>Gives the log a new identity, if it has this one.</summary>
    public async Task RenewAsync(Guid logId, CancellationToken cancellationToken)
    {
        await using var connection = await source.DataSource.OpenConnectionAsync(cancellationToken);
        await connection.ExecuteAsync(new CommandDefinition(
            Renew, new { logId }, cancellationToken: cancellationToken));
    }

    public async Task<LogBacklog> ReadBacklogAsync(CancellationToken cancellationToken)
    {
        await using var connection = await source.DataSource.OpenConnectionAsync(cancellationToken);
        var (count, oldest) = await connection.QuerySingleAsync<(long, DateTime?)>(
            new CommandDefinition(ReadBacklog, cancellationToken: cancellationToken));
        return new LogBacklog(count, oldest);
    }

    public async Task<bool> AdvancePublishedAsync(long from, long to, CancellationToken cancellationToken)
    {
        await using var connection = await source.DataSource.OpenConnectionAsync(cancellationToken);
        return await connection.ExecuteAsync(new CommandDefinition(
            AdvancePublished, new { from, to }, cancellationToken: cancellationToken)) == 1;
    }

    public Task<List<Event>> ReadAllAsync(long afterPosition, int limit, CancellationToken cancellationToken) =>
        ReadAsync(ReadAll, new { afterPosition, limit }, cancellationToken);

    public Task<List<Event>> ReadTopicAsync(
        string topic, long afterPosition, int limit, CancellationToken cancellationToken) =>
        ReadAsync(ReadTopic, new { topic, afterPosition, limit }, cancellationToken);

    public Task<List<Event>> ReadStreamAsync(
        string topic, Guid stream, long afterVersion, int limit, CancellationToken cancellationToken) =>
        ReadAsync(ReadStream, new { topic, stream, afterVersion, limit }, cancellationToken);

    public async Task<IReadOnlyList<(StreamHead Head, long Position)>> ReadHeadsAsync(
        long afterPosition, DateTimeOffset until, int limit, CancellationToken cancellationToken)
    {
        await using var connection = await source.DataSource.OpenConnectionAsync(cancellationToken);
        var rows = await connection.QueryAsync<(string, Guid, long, DateTime, long)>(new CommandDefinition(
            ReadHeads, new { afterPosition, until = until.UtcDateTime, limit }, cancellationToken: cancellationToken));
        return [.. rows.Select(row => (new StreamHead
        {
            Topic = row.Item1,
            Stream = row.Item2.ToString("D"),
            Version = row.Item3,
            SequenceTime = row.Item4.ToTimestamp(),
        }, row.Item5))];
    }

    public async Task<int> DeleteExpiredRequestsAsync(
        DateTimeOffset now, int limit, CancellationToken cancellationToken)
    {
        await using var connection = await source.DataSource.OpenConnectionAsync(cancellationToken);
        return await connection.ExecuteAsync(new CommandDefinition(
            DeleteExpired, new { now = now.UtcDateTime, limit }, cancellationToken: cancellationToken));
    }

    private async Task<List<Event>> ReadAsync(string sql, object parameters, CancellationToken cancellationToken)
    {
        await using var connection = await source.DataSource.OpenConnectionAsync(cancellationToken);
        await using var reader = await connection.ExecuteReaderAsync(
            new CommandDefinition(sql, parameters, cancellationToken: cancellationToken));
        var events = new List<Event>();
        while (await reader.ReadAsync(cancellationToken))
            events.Add(Map(reader));
        return events;
    }

    private static Event Map(DbDataReader reader) => new()
    {
        Position = reader.GetInt64(0),
        EventId = reader.GetGuid(1).ToString("D"),
        Topic = reader.GetString(2),
        Stream = reader.GetGuid(3).ToString("D"),
        Version = reader.GetInt64(4),
        EntityId = reader.GetString(5),
        EntityVersion = reader.GetInt64(6),
        Type = reader.GetString(7),
        SchemaVersion = reader.GetInt32(8),
        OccurTime = reader.GetDateTime(9).ToTimestamp(),
        SequenceTime = reader.GetDateTime(10).ToTimestamp(),
        Actor = reader.GetGuid(11).ToString("D"),
        RequestId = reader.GetString(12),
        Traceparent = reader.GetString(13),
        After = reader.GetString(14),
        LogId = reader.GetGuid(15).ToString("D"),
        Payload = reader.GetString(16),
    };
}
