using DaprSocial.Errors;
using DaprSocial.Events.V1;
using DaprSocial.Hosting;
using DaprSocial.Identifiers;
using Grpc.Core;

namespace DaprSocial.EventLog;

/// <summary>Serves the log to consumers that repair, rebuild or verify. The same in every command service.</summary>
public sealed class EventLogGrpcService : EventLogService.EventLogServiceBase
{
    private const int ChunkSizeMax = 256;
    private const int StreamLimitMax = 10_000;
    private const int HeadsPageDefault = 1_000;
    private const int HeadsPageMax = 10_000;

    private readonly EventLogStore _store;
    private readonly TimeProvider _clock;

    internal EventLogGrpcService(EventLogStore store, TimeProvider clock) => (_store, _clock) = (store, clock);

    /// <inheritdoc />
    public override async Task ReplayEvents(
        ReplayEventsRequest request, IServerStreamWriter<ReplayEventsResponse> responseStream,
        ServerCallContext context)
    {
        Validate(request);
        var cancellationToken = context.CancellationToken;
        var head = (await _store.ReadStateAsync(cancellationToken)).HeadPosition;
        var left = LimitOf(request);
        var (position, version) = (request.AfterPosition, request.AfterVersion);
        while (left > 0)
        {
            var events = await ReadChunkAsync(
                request, position, version, (int)Math.Min(left, ChunkSizeMax), cancellationToken);
            var wanted = events.Where(row => row.Position <= head).ToList();
            if (wanted.Count > 0)
                await responseStream.WriteAsync(new ReplayEventsResponse { Events = { wanted } }, cancellationToken);
            if (wanted.Count < ChunkSizeMax)
                return;
            left -= wanted.Count;
            (position, version) = (wanted[^1].Position, wanted[^1].Version);
        }
    }

    /// <inheritdoc />
    public override async Task<ListStreamHeadsResponse> ListStreamHeads(
        ListStreamHeadsRequest request, ServerCallContext context)
    {
        var limit = RequestFields.PageSize(request.PageSize, HeadsPageDefault, HeadsPageMax);
        var until = UntilOf(request);
        var state = await _store.ReadStateAsync(context.CancellationToken);
        var heads = await _store.ReadHeadsAsync(request.AfterPosition, until, limit, context.CancellationToken);
        return new ListStreamHeadsResponse
        {
            Heads = { heads.Select(head => head.Head) },
            NextPosition = heads.Count == 0 ? request.AfterPosition : heads.Max(head => head.Position),
            LogId = state.LogId.ToString("D"),
            HeadPosition = state.HeadPosition,
        };
    }

    /// <inheritdoc />
    public override async Task<GetStreamVersionResponse> GetStreamVersion(
        GetStreamVersionRequest request, ServerCallContext context)
    {
        ThrowIfUnstorable(request.Topic);
        if (!Uuid.TryParse(request.Stream, out var stream))
            throw Refusals.InvalidId("stream");
        var (logId, version) = await _store.ReadVersionAsync(request.Topic, stream, context.CancellationToken);
        return new GetStreamVersionResponse { Version = version, LogId = logId.ToString("D") };
    }

    /// <inheritdoc />
    public override async Task<RenewLogIdResponse> RenewLogId(RenewLogIdRequest request, ServerCallContext context)
    {
        if (!Guid.TryParseExact(request.LogId, "D", out var logId))
            throw Refusals.InvalidId("log_id");
        await _store.RenewAsync(logId, context.CancellationToken);
        var state = await _store.ReadStateAsync(context.CancellationToken);
        return new RenewLogIdResponse { LogId = state.LogId.ToString("D") };
    }

    /// <summary>The latest time of sequencing that counts; within what PostgreSQL can hold.</summary>
    private DateTimeOffset UntilOf(ListStreamHeadsRequest request)
    {
        if (RequestFields.Span(request.OlderThan, "older_than") is not { } age)
            return DateTimeOffset.MaxValue.AddDays(-1);
        var now = _clock.GetUtcNow();
        return age < now - DateTimeOffset.UnixEpoch ? now - age : DateTimeOffset.UnixEpoch;
    }

    private Task<List<Event>> ReadChunkAsync(
        ReplayEventsRequest request, long position, long version, int limit, CancellationToken cancellationToken)
    {
        if (request.Topic.Length == 0)
            return _store.ReadAllAsync(position, limit, cancellationToken);
        return request.Stream.Length == 0
            ? _store.ReadTopicAsync(request.Topic, position, limit, cancellationToken)
            : _store.ReadStreamAsync(request.Topic, Guid.Parse(request.Stream), version, limit, cancellationToken);
    }

    private static void Validate(ReplayEventsRequest request)
    {
        if (request.Limit < 0)
            throw Refusals.InvalidField("limit", "must be 0 or more.");
        ThrowIfUnstorable(request.Topic);
        if (request.Stream.Length > 0 && request.Topic.Length == 0)
            throw Refusals.InvalidField("topic", "must be set when stream is.");
        if (request.Stream.Length > 0 && !Uuid.TryParse(request.Stream, out _))
            throw Refusals.InvalidId("stream");
    }

    private static void ThrowIfUnstorable(string topic)
    {
        // PostgreSQL's text cannot hold NUL.
        if (topic.Contains('\0'))
            throw Refusals.InvalidField("topic", "must not contain NUL.");
    }

    private static long LimitOf(ReplayEventsRequest request) => request switch
    {
        { Stream.Length: > 0, Limit: 0 } => StreamLimitMax,
        { Stream.Length: > 0 } => Math.Min(request.Limit, StreamLimitMax),
        { Limit: 0 } => long.MaxValue,
        _ => request.Limit,
    };
}
