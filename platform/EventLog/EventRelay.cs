using DaprSocial.Dapr;
using DaprSocial.Events;
using DaprSocial.Events.V1;
using DaprSocial.Hosting;
using DaprSocial.Identifiers;
using Grpc.Core;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace DaprSocial.EventLog;

/// <summary>
/// Publishes the log, from where it was published up to. Any number may run: a second one only repeats.
/// </summary>
public sealed class EventRelay : BackgroundService
{
    /// <summary>
    /// Streams are spread over this many lanes; in a lane one publish is in flight, so a stream stays in order.
    /// </summary>
    private const int LaneCount = 16;
    private const int BatchSizeMax = 512;

    // One call to the sidecar; 64 events of 3,000-byte posts stay far below daprd's 4 MiB a message.
    private const int PublishSizeMax = 64;
    private static readonly TimeSpan _poll = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan _publishTimeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan _retryDelayMin = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan _retryDelayMax = TimeSpan.FromSeconds(5);

    private readonly EventLogStore _store;
    private readonly DaprClient _dapr;
    private readonly LogSignals _signals;
    private readonly TimeProvider _clock;
    private readonly ILogger<EventRelay> _logger;

    internal EventRelay(
        EventLogStore store, DaprClient dapr, LogSignals signals, TimeProvider clock, ILogger<EventRelay> logger) =>
        (_store, _dapr, _signals, _clock, _logger) = (store, dapr, signals, clock, logger);

    /// <summary>Publishes all that is in the log now; tries for as long as the broker does not take it.</summary>
    /// <returns>How many events were published.</returns>
    public async Task<int> RelayAsync(CancellationToken cancellationToken)
    {
        for (var total = 0; ;)
        {
            var state = await _store.ReadStateAsync(cancellationToken);
            if (state.PublishedPosition >= state.HeadPosition)
                return total;
            var events = await _store.ReadAllAsync(state.PublishedPosition, BatchSizeMax, cancellationToken);
            await Task.WhenAll(events.GroupBy(LaneOf).Select(lane => PublishLaneAsync(lane, cancellationToken)));
            CrashPoint.Hit("relay.advance.before");
            // When another relay was faster this changes nothing, and the next round starts from where that one is.
            await _store.AdvancePublishedAsync(state.PublishedPosition, events[^1].Position, cancellationToken);
            CrashPoint.Hit("relay.advance.after");
            total += events.Count;
        }
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await RelayAsync(stoppingToken);
            }
            catch (NpgsqlException exception)
            {
                EventLogLog.RelayFailed(_logger, exception);
            }

            await _signals.Sequenced.WaitAsync(_poll, _clock, stoppingToken);
        }
    }

    private static int LaneOf(Event row) =>
        // The last byte of a UUIDv7 is random, and the same for a stream on every machine.
        Uuid.TryParse(row.Stream, out var stream) ? Uuid.ToBytes(stream)[15] % LaneCount : 0;

    private async Task PublishLaneAsync(IEnumerable<Event> lane, CancellationToken cancellationToken)
    {
        // A stream is one topic's, so topics may go one after the other without breaking any stream's order.
        foreach (var topic in lane.GroupBy(row => row.Topic))
        {
            foreach (var chunk in topic.Chunk(PublishSizeMax))
            {
                CrashPoint.Hit("relay.publish.before");
                await PublishAsync(topic.Key, chunk, cancellationToken);
                CrashPoint.Hit("relay.publish.after");
            }
        }
    }

    private async Task PublishAsync(string topic, Event[] rows, CancellationToken cancellationToken)
    {
        var events = rows
            .Select(row => (EventJson.EncodeUtf8(row), (IReadOnlyDictionary<string, string>)MetadataOf(row))).ToList();
        for (var delay = _retryDelayMin; ; delay = delay * 2 < _retryDelayMax ? delay * 2 : _retryDelayMax)
        {
            try
            {
                var deadline = _clock.GetUtcNow().UtcDateTime + _publishTimeout;
                await _dapr.PublishJsonEventsAsync(Topics.Pubsub, topic, events, deadline, cancellationToken);
                return;
            }
            catch (RpcException exception)
            {
                cancellationToken.ThrowIfCancellationRequested();
                EventLogLog.PublishFailed(_logger, topic, rows[0].Position, exception);
                await Task.Delay(delay, _clock, cancellationToken);
            }
        }
    }

    private static Dictionary<string, string> MetadataOf(Event row)
    {
        var metadata = new Dictionary<string, string>
        {
            ["partitionKey"] = row.Stream,
            ["cloudevent.id"] = row.EventId,
            ["cloudevent.type"] = row.Type,
        };
        if (row.Traceparent.Length > 0)
            metadata["cloudevent.traceparent"] = row.Traceparent;
        return metadata;
    }
}
