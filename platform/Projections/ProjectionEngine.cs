using System.Threading.Channels;
using DaprSocial.Events;
using DaprSocial.Hosting;
using Grpc.Core;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace DaprSocial.Projections;

/// <summary>
/// Takes events from the broker in any order, with losses and repetitions, and applies each once in stream order:
/// queue → batches → held-back events → repair from the owner's log.
/// </summary>
internal sealed class ProjectionEngine<TBatch>(
    BatchApplier<TBatch> applier, CheckpointStore checkpoints, SourceLogs sources, ProjectionMetrics metrics,
    TimeProvider clock, ILogger<ProjectionEngine<TBatch>> logger) : BackgroundService
    where TBatch : new()
{
    private const int QueueMax = 4096;
    private const int BatchSizeMax = 512;
    private const int RepairReadMax = 2000;
    private static readonly TimeSpan _repairTick = TimeSpan.FromMilliseconds(100);

    private readonly Channel<WorkItem> _queue =
        Channel.CreateBounded<WorkItem>(new BoundedChannelOptions(QueueMax) { SingleReader = true });

    // Held-back events are touched by the apply loop and by the repair loop.
    private readonly Lock _gate = new();
    private readonly HeldBackEvents _heldBack = new();

    /// <summary>Completes when the event is applied, held back, or found to be needless.</summary>
    public async Task ApplyAsync(EventEnvelope envelope, CancellationToken cancellationToken) =>
        await (await EnqueueAsync(envelope, cancellationToken)).Done.Task.WaitAsync(cancellationToken);

    /// <summary>Reads what a stream lacks from its owner's log and applies it.</summary>
    /// <returns>How many events were read.</returns>
    /// <exception cref="RpcException">The owner does not answer.</exception>
    public async Task<int> RepairAsync(StreamKey key, long afterVersion, CancellationToken cancellationToken)
    {
        var total = 0;
        while (true)
        {
            var events = await sources.ReadStreamAsync(key, afterVersion, RepairReadMax, null, cancellationToken);
            if (events.Count == 0)
                return total;
            CrashPoint.Hit("repair.read");
            var items = new List<WorkItem>(events.Count);
            foreach (var row in events)
                items.Add(await EnqueueAsync(row, cancellationToken));
            await Task.WhenAll(items.Select(item => item.Done.Task)).WaitAsync(cancellationToken);
            CrashPoint.Hit("repair.applied");
            metrics.Repairs.Add(1, new KeyValuePair<string, object?>("topic", key.Topic));
            total += events.Count;
            afterVersion = events[^1].Version;
            if (events.Count < RepairReadMax)
                return total;
        }
    }

    /// <summary>How many events of a topic wait for one before them.</summary>
    public int HeldBackCount(string topic)
    {
        lock (_gate)
            return _heldBack.CountOf(topic);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        Task[] loops = [ApplyLoopAsync(either.Token), RepairLoopAsync(either.Token)];
        // When one fails the other must not run on as if nothing were: the host is to learn of it.
        await Task.WhenAny(loops);
        await either.CancelAsync();
        await Task.WhenAll(loops);
    }

    private async Task<WorkItem> EnqueueAsync(EventEnvelope envelope, CancellationToken cancellationToken)
    {
        var item = new WorkItem(envelope);
        await _queue.Writer.WriteAsync(item, cancellationToken);
        return item;
    }

    private async Task ApplyLoopAsync(CancellationToken stoppingToken)
    {
        var items = new List<WorkItem>(BatchSizeMax);
        while (await _queue.Reader.WaitToReadAsync(stoppingToken))
        {
            items.Clear();
            while (items.Count < BatchSizeMax && _queue.Reader.TryRead(out var item))
                items.Add(item);
            CrashPoint.Hit("consumer.batch");
            await ApplyAsync(items, stoppingToken);
            foreach (var item in items)
                item.Done.TrySetResult();
        }
    }

    private async Task ApplyAsync(IReadOnlyList<WorkItem> items, CancellationToken cancellationToken)
    {
        var events = items.Select(item => item.Event).ToList();
        var keys = events.Select(row => row.Key).ToHashSet();
        lock (_gate)
        {
            // A new event of a stream may be the one that its held-back events wait for.
            foreach (var key in keys)
                events.AddRange(_heldBack.Take(key));
        }

        var ahead = await applier.ApplyAsync(events, cancellationToken);
        keys.ExceptWith(ahead.Select(row => row.Key));
        lock (_gate)
        {
            foreach (var key in keys)
                _heldBack.Close(key);
            foreach (var row in ahead)
                _heldBack.Add(row, clock.GetUtcNow());
        }
    }

    private async Task RepairLoopAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(_repairTick, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            IReadOnlyList<StreamKey> due;
            lock (_gate)
                due = _heldBack.Due(clock.GetUtcNow());
            // One stream at a time: that is the rate limit, and no stream is repaired twice at once.
            foreach (var key in due)
                await RepairHoleAsync(key, stoppingToken);
        }
    }

    private async Task RepairHoleAsync(StreamKey key, CancellationToken stoppingToken)
    {
        try
        {
            CrashPoint.Hit("repair.hole");
            // From the database, not from memory: another instance, or a restore, may have moved the checkpoint.
            var states = await checkpoints.ReadAsync([key], stoppingToken);
            var count = await RepairAsync(key, states.Count == 0 ? 0 : states[0].Version, stoppingToken);
            lock (_gate)
            {
                // The log has nothing after the hole: what is held is not of this log, or was applied meanwhile.
                if (count == 0)
                    _heldBack.Close(key);
                else
                    _heldBack.Restart(key, clock.GetUtcNow());
            }
        }
        catch (RpcException exception)
        {
            stoppingToken.ThrowIfCancellationRequested();
            // The hole stays due; the next tick tries again.
            ProjectionsLog.SourceUnavailable(logger, Topics.OwnerOf(key.Topic), exception);
        }
        catch (NpgsqlException exception)
        {
            ProjectionsLog.StoreFailed(logger, 0, exception);
        }
    }
}
