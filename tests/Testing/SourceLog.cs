using DaprSocial.Events;
using DaprSocial.Events.V1;
using DaprSocial.Identifiers;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace DaprSocial.Testing;

/// <summary>The event log of a command service, in memory: what consumers repair from.</summary>
public sealed class SourceLog(TimeProvider clock) : EventLogService.EventLogServiceBase
{
    private const int ChunkSizeMax = 256;

    private readonly Lock _gate = new();
    private readonly List<Event> _events = [];
    private readonly List<ReplayEventsRequest> _replays = [];
    private readonly List<ListStreamHeadsRequest> _sweeps = [];
    private TaskCompletionSource _nextCall = NewSource();

    /// <summary>Identity of the log.</summary>
    public Guid LogId { get; set; } = Guid.NewGuid();

    /// <summary>Runs at the start of every call, for example to fail it.</summary>
    public Func<ServerCallContext, Task> OnCallAsync { get; set; } = _ => Task.CompletedTask;

    /// <summary>The calls of ReplayEvents so far.</summary>
    public IReadOnlyList<ReplayEventsRequest> Replays
    {
        get
        {
            lock (_gate)
                return [.. _replays];
        }
    }

    /// <summary>The calls of ListStreamHeads so far.</summary>
    public IReadOnlyList<ListStreamHeadsRequest> Sweeps
    {
        get
        {
            lock (_gate)
                return [.. _sweeps];
        }
    }

    /// <summary>Completes at the start of the next call.</summary>
    public Task NextCall => _nextCall.Task;

    /// <summary>Adds an event; its position, version and times follow from those before.</summary>
    public Event Append(string topic, Guid stream, IMessage payload, string entityId = "", long entityVersion = 1)
    {
        lock (_gate)
        {
            var key = stream.ToString("D");
            var row = new Event
            {
                Position = _events.Count + 1,
                EventId = Uuid.Create(clock.GetUtcNow().ToUnixTimeMilliseconds()).ToString("D"),
                Topic = topic,
                Stream = key,
                Version = _events.Count(other => other.Topic == topic && other.Stream == key) + 1,
                EntityId = entityId.Length > 0 ? entityId : key,
                EntityVersion = entityVersion,
                Type = payload.Descriptor.FullName,
                SchemaVersion = 1,
                OccurTime = clock.GetUtcNow().ToTimestamp(),
                SequenceTime = clock.GetUtcNow().ToTimestamp(),
                Actor = key,
                LogId = LogId.ToString("D"),
                Payload = EventJson.Encode(payload),
            };
            _events.Add(row);
            return row;
        }
    }

    /// <summary>Loses the events after a position, as a restore from a backup does.</summary>
    public void Rewind(long position)
    {
        lock (_gate)
            _events.RemoveRange((int)position, _events.Count - (int)position);
    }

    /// <inheritdoc />
    public override async Task ReplayEvents(
        ReplayEventsRequest request, IServerStreamWriter<ReplayEventsResponse> responseStream, ServerCallContext context)
    {
        await NoteAsync(() => _replays.Add(request), context);
        foreach (var chunk in Select(request).Chunk(ChunkSizeMax))
            await responseStream.WriteAsync(new ReplayEventsResponse { Events = { chunk } }, context.CancellationToken);
    }

    /// <inheritdoc />
    public override async Task<ListStreamHeadsResponse> ListStreamHeads(
        ListStreamHeadsRequest request, ServerCallContext context)
    {
        await NoteAsync(() => _sweeps.Add(request), context);
        var until = request.OlderThan is { } age
            ? clock.GetUtcNow() - age.ToTimeSpan()
            : DateTimeOffset.MaxValue;
        lock (_gate)
        {
            var rows = _events.Where(row => row.Position > request.AfterPosition)
                .TakeWhile(row => row.SequenceTime.ToDateTimeOffset() <= until).Take(request.PageSize).ToList();
            return new ListStreamHeadsResponse
            {
                Heads = { rows.GroupBy(row => (row.Topic, row.Stream)).Select(HeadOf) },
                NextPosition = rows.Count == 0 ? request.AfterPosition : rows[^1].Position,
                LogId = LogId.ToString("D"),
                HeadPosition = _events.Count,
            };
        }
    }

    /// <inheritdoc />
    public override async Task<GetStreamVersionResponse> GetStreamVersion(
        GetStreamVersionRequest request, ServerCallContext context)
    {
        await OnCallAsync(context);
        lock (_gate)
        {
            return new GetStreamVersionResponse
            {
                Version = _events.Count(row => row.Topic == request.Topic && row.Stream == request.Stream),
                LogId = LogId.ToString("D"),
            };
        }
    }

    private static StreamHead HeadOf(IGrouping<(string Topic, string Stream), Event> stream) => new()
    {
        Topic = stream.Key.Topic,
        Stream = stream.Key.Stream,
        Version = stream.Max(row => row.Version),
        SequenceTime = stream.Last().SequenceTime,
    };

    private List<Event> Select(ReplayEventsRequest request)
    {
        lock (_gate)
        {
            var rows = _events.Where(row => row.Position > request.AfterPosition
                && (request.Topic.Length == 0 || row.Topic == request.Topic)
                && (request.Stream.Length == 0 || row.Stream == request.Stream && row.Version > request.AfterVersion));
            return [.. request.Limit > 0 ? rows.Take(request.Limit) : rows];
        }
    }

    private Task NoteAsync(Action note, ServerCallContext context)
    {
        lock (_gate)
            note();
        Interlocked.Exchange(ref _nextCall, NewSource()).TrySetResult();
        return OnCallAsync(context);
    }

    private static TaskCompletionSource NewSource() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
