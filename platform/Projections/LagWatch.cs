using DaprSocial.Events;
using DaprSocial.Events.V1;
using DaprSocial.Identifiers;
using Grpc.Core;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace DaprSocial.Projections;

/// <summary>
/// Measures in the background how far this service is behind the logs that it consumes, so that a read can tell at no
/// cost. Runs where queries are answered, whether or not any process applies events.
/// </summary>
public sealed class LagWatch : BackgroundService
{
    private const int PageSize = 1_000;

    // Of one measurement; the first ones of a process walk through the whole log.
    private const int PagesMax = 20;

    // In a row.
    private const int FailuresToTell = 2;

    private static readonly TimeSpan _period = TimeSpan.FromSeconds(1);

    // Younger events are on their way; they are no lag that anybody could do something about.
    private static readonly TimeSpan _age = TimeSpan.FromSeconds(1);

    private readonly IReadOnlyList<string> _topics;
    private readonly CheckpointStore _checkpoints;
    private readonly KnownLogs _logs;
    private readonly AppliedVersions _applied;
    private readonly SourceLogs _sources;
    private readonly TimeProvider _clock;
    private readonly ILogger<LagWatch> _logger;

    // Up to where each source's log is known to be applied, or to be known as unapplied for a parked stream.
    private readonly Dictionary<string, long> _covered = [];
    private readonly Dictionary<string, int> _failures = [];
    private readonly SemaphoreSlim _turn = new(1);

    // Oldest first.
    private volatile UnappliedEvent[] _unapplied = [];

    internal LagWatch(
        IReadOnlyList<string> topics, CheckpointStore checkpoints, KnownLogs logs, AppliedVersions applied,
        SourceLogs sources, TimeProvider clock, ILogger<LagWatch> logger) =>
        (_topics, _checkpoints, _logs, _applied, _sources, _clock, _logger) =
            (topics, checkpoints, logs, applied, sources, clock, logger);

    /// <summary>Measures now, and counts the youngest events too.</summary>
    /// <exception cref="RpcException">A source does not answer.</exception>
    public async Task MeasureAsync(CancellationToken cancellationToken)
    {
        foreach (var appId in Topics.OwnersOf(_topics))
            await MeasureAsync(appId, null, cancellationToken);
    }

    /// <summary>Age of the oldest event known to be unapplied; zero when none is.</summary>
    /// <param name="actor">
    /// The caller, whose own parked streams count; those of others do not, or one of them would count for ever.
    /// </param>
    public TimeSpan LagOf(Guid? actor)
    {
        foreach (var row in _unapplied)
        {
            if ((!row.IsParked || row.Key.Stream == actor) && _applied.Get(row.Key) < row.Version)
            {
                var age = _clock.GetUtcNow() - row.Since;
                return age > TimeSpan.Zero ? age : TimeSpan.Zero;
            }
        }

        return TimeSpan.Zero;
    }

    /// <summary>Age of a topic's oldest event known to be unapplied, parked streams left out.</summary>
    internal TimeSpan LagOfTopic(string topic)
    {
        var oldest = _unapplied.FirstOrDefault(
            row => row.Key.Topic == topic && !row.IsParked && _applied.Get(row.Key) < row.Version);
        return oldest is null || _clock.GetUtcNow() < oldest.Since ? TimeSpan.Zero : _clock.GetUtcNow() - oldest.Since;
    }

    /// <summary>How many streams of a topic are known to be parked.</summary>
    internal int ParkedCount(string topic) => _unapplied.Count(row => row.Key.Topic == topic && row.IsParked);

    /// <inheritdoc />
    public override void Dispose()
    {
        _turn.Dispose();
        base.Dispose();
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(_period, _clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            foreach (var appId in Topics.OwnersOf(_topics))
                await TryMeasureAsync(appId, stoppingToken);
        }
    }

    private async Task TryMeasureAsync(string appId, CancellationToken stoppingToken)
    {
        try
        {
            await MeasureAsync(appId, _age, stoppingToken);
            _failures.Remove(appId);
        }
        catch (Exception exception) when (exception is RpcException or NpgsqlException)
        {
            stoppingToken.ThrowIfCancellationRequested();
            // What was known stays known. Once each time, not every second, and not when services stop one by one.
            _failures[appId] = _failures.GetValueOrDefault(appId) + 1;
            if (_failures[appId] == FailuresToTell)
                ProjectionsLog.LagUnknown(_logger, appId, exception);
        }
    }

    private async Task MeasureAsync(string appId, TimeSpan? olderThan, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            for (var pages = 0; pages < PagesMax; pages++)
            {
                var after = _covered.GetValueOrDefault(appId);
                var page = await _sources.ListStreamHeadsAsync(appId, after, PageSize, olderThan, cancellationToken);
                if (!await CompareAsync(appId, page, cancellationToken) || page.NextPosition == after)
                    return;
                _covered[appId] = page.NextPosition;
            }
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <returns>True when everything of the page is applied, save what parked streams hold back.</returns>
    private async Task<bool> CompareAsync(
        string appId, ListStreamHeadsResponse page, CancellationToken cancellationToken)
    {
        var heads = await HeadsAsync(appId, page, cancellationToken);
        var known = _unapplied.Where(row => Topics.OwnerOf(row.Key.Topic) == appId).ToDictionary(row => row.Key);
        var states = (await _checkpoints.ReadAsync([.. heads.Keys.Union(known.Keys)], cancellationToken))
            .ToDictionary(state => state.Key);
        foreach (var state in states.Values)
            _applied.Record(state.Key, state.Version);

        var isApplied = true;
        foreach (var (key, head) in heads)
        {
            var state = states.GetValueOrDefault(key);
            if ((state?.Version ?? 0) >= head.Version)
                continue;
            isApplied &= state is { IsParked: true };
            // The first one seen is older than the head of now.
            if (!known.TryGetValue(key, out var row) || row.Version <= (state?.Version ?? 0))
                known[key] = new UnappliedEvent(key, head.Version, head.SequenceTime.ToDateTimeOffset(), false);
        }

        var left = known.Values
            .Where(row => (states.GetValueOrDefault(row.Key)?.Version ?? 0) < row.Version)
            .Select(row => row with { IsParked = states.GetValueOrDefault(row.Key) is { IsParked: true } });
        _unapplied = [.. _unapplied.Where(row => Topics.OwnerOf(row.Key.Topic) != appId).Concat(left)
            .OrderBy(row => row.Since).Take(PageSize)];
        return isApplied;
    }

    private async Task<Dictionary<StreamKey, StreamHead>> HeadsAsync(
        string appId, ListStreamHeadsResponse page, CancellationToken cancellationToken)
    {
        var heads = new Dictionary<StreamKey, StreamHead>();
        var topics = _topics.Where(topic => Topics.OwnerOf(topic) == appId).ToList();
        if (page.Heads.Count > 0 && topics.Any(topic => _logs.Find(topic) is null))
            await _logs.LoadAsync(cancellationToken);
        foreach (var head in page.Heads.Where(head => topics.Contains(head.Topic)))
        {
            // Events of another log than the projected one are not applied before a rebuild; that is no lag.
            if (Uuid.TryParse(head.Stream, out var stream)
                && (_logs.Find(head.Topic) is not { } log || log.Is(Guid.Parse(page.LogId))))
                heads[new StreamKey(head.Topic, stream)] = head;
        }

        return heads;
    }
}
