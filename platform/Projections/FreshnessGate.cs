using DaprSocial.Consistency;
using DaprSocial.Consistency.V1;
using DaprSocial.Errors;
using DaprSocial.Hosting;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace DaprSocial.Projections;

/// <summary>Lets a call wait until this service's projections cover what its consistency token names.</summary>
public sealed class FreshnessGate
{
    private static readonly TimeSpan _waitDefault = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan _waitMax = TimeSpan.FromSeconds(10);

    // Left of a deadline for asking how large the lag is, for reading, and for answering; never over half of it.
    private static readonly TimeSpan _deadlineReserve = TimeSpan.FromMilliseconds(500);

    // How often checkpoints are read that another process moves.
    private static readonly TimeSpan _recheck = TimeSpan.FromMilliseconds(50);

    // How long the projections have before a caller's own events are read from the log: mostly they are quicker, and
    // the call to the owner is spared.
    private static readonly TimeSpan _ownDelay = TimeSpan.FromMilliseconds(50);

    // For asking the owner for own events when max_wait is nearly over.
    private static readonly TimeSpan _ownTimeoutMin = TimeSpan.FromMilliseconds(500);

    // Of a token that is not covered; more than one is rare, and each costs its owner a call.
    private const int VersionChecksMax = 8;

    // For callers without a deadline; others leave half of what they still wait.
    private static readonly TimeSpan _lagTimeout = TimeSpan.FromSeconds(3);

    private readonly IReadOnlyList<string> _topics;
    private readonly CheckpointStore _checkpoints;
    private readonly KnownLogs _logs;
    private readonly AppliedVersions _applied;
    private readonly SourceLogs _sources;
    private readonly OwnEventReader _own;
    private readonly LagWatch _lag;
    private readonly TimeProvider _clock;

    internal FreshnessGate(
        IReadOnlyList<string> topics, CheckpointStore checkpoints, KnownLogs logs, AppliedVersions applied,
        SourceLogs sources, OwnEventReader own, LagWatch lag, TimeProvider clock) =>
        (_topics, _checkpoints, _logs, _applied, _sources, _own, _lag, _clock) =
            (topics, checkpoints, logs, applied, sources, own, lag, clock);

    /// <summary>Waits, if the token asks for it, at most as long as the call may. Without a token never.</summary>
    /// <param name="token">The request's token; empty for none.</param>
    /// <param name="maxWait">The request's max_wait; null for the default of 1 s; over 10 s is clamped.</param>
    /// <param name="actor">The caller, whose own streams the answer's token names; null for nobody.</param>
    /// <param name="context">The call.</param>
    /// <exception cref="ServiceException">
    /// INVALID_CONSISTENCY_TOKEN, LOG_CHANGED, or INVALID_FIELD for max_wait.
    /// </exception>
    public Task<ReadState> WaitAsync(string token, Duration? maxWait, Guid? actor, ServerCallContext context) =>
        WaitAsync(token, maxWait, actor, null, context);

    /// <summary>
    /// As the other; where the caller's own stream of one topic is what the projections lack, its events are read from
    /// the command side instead of waiting on, for the query to merge.
    /// </summary>
    /// <param name="token">The request's token; empty for none.</param>
    /// <param name="maxWait">The request's max_wait; null for the default of 1 s; over 10 s is clamped.</param>
    /// <param name="actor">The caller, whose own streams the answer's token names; null for nobody.</param>
    /// <param name="ownTopic">The topic whose own events the query merges; null when it merges none.</param>
    /// <param name="context">The call.</param>
    /// <returns>Satisfied only if checkpoints and <see cref="ReadState.Own"/> cover the token together.</returns>
    /// <exception cref="ServiceException">
    /// INVALID_CONSISTENCY_TOKEN, LOG_CHANGED, or INVALID_FIELD for max_wait.
    /// </exception>
    public async Task<ReadState> WaitAsync(
        string token, Duration? maxWait, Guid? actor, string? ownTopic, ServerCallContext context)
    {
        var wanted = ConsistencyToken.Parse(token);
        var wait = WaitFor(maxWait, context);
        var relevant = wanted.Streams.Where(stream => _topics.Contains(stream.Topic)).ToList();
        var own = ownTopic is null ? null : relevant.Cast<StreamVersion?>()
            .FirstOrDefault(stream => stream!.Value.Topic == ownTopic && stream.Value.Stream == actor);
        var (freshness, events) = relevant.Count == 0
            ? (WithoutWaiting(actor), [])
            : await WaitAsync(relevant, own, wait, context);
        var read = OwnStreams(actor);
        return new ReadState(freshness.Satisfied ? wanted.Merge(read) : read, freshness) { Own = events };
    }

    private Freshness WithoutWaiting(Guid? actor)
    {
        var freshness = new Freshness { Satisfied = true, Source = Freshness.Types.Source.Store };
        if (_lag.LagOf(actor) is { Ticks: > 0 } lag)
            freshness.Lag = Duration.FromTimeSpan(lag);
        return freshness;
    }

    private async Task<(Freshness, IReadOnlyList<EventEnvelope>)> WaitAsync(
        IReadOnlyList<StreamVersion> wanted, StreamVersion? ownStream, TimeSpan wait, ServerCallContext context)
    {
        var cancellationToken = context.CancellationToken;
        var until = _clock.GetUtcNow() + wait;
        var (own, ownDue) = ((OwnRead?)null, _clock.GetUtcNow() + _ownDelay);
        while (true)
        {
            var advance = _applied.NextAdvance;
            await CheckLogsAsync(wanted, cancellationToken);
            var (behind, parked) = await FindBehindAsync(wanted, cancellationToken);
            var left = until - _clock.GetUtcNow();
            if (ownStream is { } mine && behind.Contains(mine))
            {
                var isDue = ownDue <= _clock.GetUtcNow() || (own is null && parked.Contains(KeyOf(mine)));
                if (own is not { IsWhole: true } && (left <= TimeSpan.Zero || isDue))
                {
                    own = await ReadOwnAsync(mine, left, context);
                    ownDue = _clock.GetUtcNow() + _recheck;
                }

                if (own is { IsWhole: true })
                    behind.Remove(mine);
            }

            if (behind.Count == 0)
                return (Satisfied(own), own?.Events ?? []);
            // The caller's own parked stream is worth waiting for as long as the log has more of it to give.
            var isStuck = behind.Any(stream =>
                parked.Contains(KeyOf(stream)) && !(stream == ownStream && own is { IsPending: true }));
            if (isStuck || left <= TimeSpan.Zero)
                return (await UnsatisfiedAsync(behind, parked, own, context), own?.Events ?? []);
            await WaitForAdvanceAsync(advance, left < _recheck ? left : _recheck, cancellationToken);
        }
    }

    private Task<OwnRead> ReadOwnAsync(StreamVersion stream, TimeSpan left, ServerCallContext context)
    {
        var timeout = left > _ownTimeoutMin ? left : _ownTimeoutMin;
        var timeoutMax = LagTimeoutFor(context);
        return _own.ReadAsync(
            stream, _applied.Get(KeyOf(stream)), timeout < timeoutMax ? timeout : timeoutMax,
            context.CancellationToken);
    }

    private static Freshness Satisfied(OwnRead? own) => new() { Satisfied = true, Source = SourceOf(own) };

    private static Freshness.Types.Source SourceOf(OwnRead? own) =>
        own is { Events.Count: > 0 } ? Freshness.Types.Source.Merged : Freshness.Types.Source.Store;

    private async Task CheckLogsAsync(IReadOnlyList<StreamVersion> wanted, CancellationToken cancellationToken)
    {
        if (wanted.Any(stream => _logs.Find(stream.Topic) is null))
            await _logs.LoadAsync(cancellationToken);
        foreach (var stream in wanted)
        {
            if (_logs.Find(stream.Topic) is { } known && !known.Is(stream.LogId))
                throw Refusals.LogChanged(stream.Topic);
        }
    }

    private async Task<(List<StreamVersion> Behind, HashSet<StreamKey> Parked)> FindBehindAsync(
        IReadOnlyList<StreamVersion> wanted, CancellationToken cancellationToken)
    {
        var missing = wanted.Where(stream => _applied.Get(KeyOf(stream)) < stream.Version).ToList();
        if (missing.Count == 0)
            return (missing, []);
        var states = await _checkpoints.ReadAsync([.. missing.Select(KeyOf)], cancellationToken);
        foreach (var state in states)
            _applied.Record(state.Key, state.Version);
        missing.RemoveAll(stream => _applied.Get(KeyOf(stream)) >= stream.Version);
        return (missing, [.. states.Where(state => state.IsParked).Select(state => state.Key)]);
    }

    private async Task<Freshness> UnsatisfiedAsync(
        List<StreamVersion> behind, HashSet<StreamKey> parked, OwnRead? own, ServerCallContext context)
    {
        var freshness = new Freshness
        {
            Satisfied = false,
            Source = SourceOf(own),
            Reason = behind.Any(stream => parked.Contains(KeyOf(stream)))
                ? Freshness.Types.Reason.Parked
                : Freshness.Types.Reason.Behind,
        };
        try
        {
            await CheckVersionsAsync(behind, context);
            var key = KeyOf(behind[0]);
            var oldest = await _sources.ReadStreamAsync(
                key, _applied.Get(key), 1, LagTimeoutFor(context), context.CancellationToken);
            if (oldest.Count > 0)
                freshness.Lag = Duration.FromTimeSpan(Later(_clock.GetUtcNow() - oldest[0].SequenceTime));
        }
        catch (RpcException) when (!context.CancellationToken.IsCancellationRequested)
        {
            // The owner of the log is away: the lag stays unknown, and the answer is what it is.
        }

        return freshness;
    }

    /// <summary>A log that never had what a token names was restored: waiting on would not help.</summary>
    private async Task CheckVersionsAsync(List<StreamVersion> behind, ServerCallContext context)
    {
        var timeout = LagTimeoutFor(context);
        await Task.WhenAll(behind.Take(VersionChecksMax).Select(async stream =>
        {
            var (logId, version) = await _sources.ReadVersionAsync(
                KeyOf(stream), timeout, context.CancellationToken);
            if (logId != stream.LogId || version < stream.Version)
                throw Refusals.LogChanged(stream.Topic);
        }));
    }

    private async Task WaitForAdvanceAsync(Task advance, TimeSpan atMost, CancellationToken cancellationToken)
    {
        try
        {
            await advance.WaitAsync(atMost, _clock, cancellationToken);
        }
        catch (TimeoutException)
        {
            // Another process may have moved the checkpoints: read them.
        }
    }

    private ConsistencyToken OwnStreams(Guid? actor) => actor is not { } stream
        ? ConsistencyToken.Empty
        : ConsistencyToken.Of(_topics
            .Where(topic => _logs.Find(topic) is not null)
            .Select(topic => new StreamVersion(
                _logs.Find(topic)!.LogId, topic, stream, _applied.Get(new StreamKey(topic, stream)))));

    private TimeSpan WaitFor(Duration? maxWait, ServerCallContext context)
    {
        var wait = RequestFields.Span(maxWait, "max_wait") ?? _waitDefault;
        wait = wait < _waitMax ? wait : _waitMax;
        if (context.Deadline == DateTime.MaxValue)
            return wait;
        var left = context.Deadline - _clock.GetUtcNow().UtcDateTime;
        var reserve = left / 2 < _deadlineReserve ? left / 2 : _deadlineReserve;
        return left - reserve < wait ? left - reserve : wait;
    }

    /// <summary>Half of what the caller still waits, so that asking for the lag never costs the answer.</summary>
    private TimeSpan LagTimeoutFor(ServerCallContext context)
    {
        var half = (context.Deadline - _clock.GetUtcNow().UtcDateTime) / 2;
        return half < _lagTimeout ? half : _lagTimeout;
    }

    private static TimeSpan Later(TimeSpan lag) => lag > TimeSpan.Zero ? lag : TimeSpan.Zero;

    private static StreamKey KeyOf(StreamVersion stream) => new(stream.Topic, stream.Stream);
}
