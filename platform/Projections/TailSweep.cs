using DaprSocial.Events;
using DaprSocial.Events.V1;
using DaprSocial.Hosting;
using DaprSocial.Identifiers;
using Grpc.Core;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace DaprSocial.Projections;

/// <summary>
/// Asks every source which streams changed and repairs those that are behind, so that the last event of a quiet actor
/// is never lost, whatever the broker did. Starts from the beginning of each log when the process starts.
/// </summary>
internal sealed class TailSweep<TBatch>(
    ProjectionDefinition<TBatch> definition, ProjectionEngine<TBatch> engine, CheckpointStore checkpoints,
    KnownLogs logs, SourceLogs sources, TimeProvider clock, ILogger<TailSweep<TBatch>> logger)
    : BackgroundService
    where TBatch : new()
{
    private const int PageSize = 5_000;
    private static readonly TimeSpan _period = TimeSpan.FromSeconds(2);

    // Younger events are probably on their way through the broker.
    private static readonly TimeSpan _age = TimeSpan.FromSeconds(3);

    // Up to where each source's log was compared. A position, because the log has no holes.
    private readonly Dictionary<string, long> _swept = [];
    private readonly SemaphoreSlim _turn = new(1);

    /// <summary>Applies everything that the source logs hold when it begins, whatever the broker did.</summary>
    /// <returns>How many streams had to be repaired.</returns>
    /// <exception cref="RpcException">A source does not answer.</exception>
    public async Task<int> CatchUpAsync(CancellationToken cancellationToken)
    {
        var repaired = 0;
        foreach (var appId in Topics.OwnersOf(definition.Topics))
            repaired += await SweepAsync(appId, null, cancellationToken);
        return repaired;
    }

    public override void Dispose()
    {
        _turn.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(_period, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            foreach (var appId in Topics.OwnersOf(definition.Topics))
                await TrySweepAsync(appId, stoppingToken);
        }
    }

    private async Task TrySweepAsync(string appId, CancellationToken stoppingToken)
    {
        try
        {
            await SweepAsync(appId, _age, stoppingToken);
        }
        catch (RpcException exception)
        {
            stoppingToken.ThrowIfCancellationRequested();
            ProjectionsLog.SourceUnavailable(logger, appId, exception);
        }
        catch (Npgsql.NpgsqlException exception)
        {
            ProjectionsLog.StoreFailed(logger, 0, exception);
        }
    }

    private async Task<int> SweepAsync(string appId, TimeSpan? olderThan, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            // Before the log is asked: afterwards another instance may have read further than this answer.
            await logs.LoadAsync(cancellationToken);
            var head = long.MaxValue;
            for (var repaired = 0; ;)
            {
                var after = _swept.GetValueOrDefault(appId);
                var page = await sources.ListStreamHeadsAsync(appId, after, PageSize, olderThan, cancellationToken);
                if (await IsRewoundAsync(appId, page, cancellationToken) || page.NextPosition == after)
                    return repaired;
                repaired += await RepairBehindAsync(page, cancellationToken);
                // Only now: a page that failed half-way is compared again.
                _swept[appId] = page.NextPosition;
                await checkpoints.AdvanceLogsAsync(TopicsOf(appId), page.NextPosition, cancellationToken);
                // Where the log ended at first: writers that never rest must not keep this from its end.
                head = Math.Min(head, page.HeadPosition);
                if (page.NextPosition >= head)
                    return repaired;
            }
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>
    /// True when the log ends before where it was read up to: its owner was restored from a backup, and has begun to
    /// give the same versions to other events.
    /// </summary>
    private async Task<bool> IsRewoundAsync(
        string appId, ListStreamHeadsResponse page, CancellationToken cancellationToken)
    {
        var topics = TopicsOf(appId);
        var known = topics.Select(logs.Find).OfType<KnownLog>()
            .Where(log => log.LogId == Guid.Parse(page.LogId)).ToList();
        // What this process has seen counts as well: a restore may have put the consumers back together with the log.
        var position = known.Select(log => log.Position).Append(known.Count > 0 ? _swept.GetValueOrDefault(appId) : 0)
            .Max();
        if (page.HeadPosition >= position)
            return known.Any(log => log.IsRewound);
        ProjectionsLog.LogRewound(logger, appId, page.HeadPosition, position);
        await checkpoints.MarkRewoundAsync(topics, cancellationToken);
        await logs.LoadAsync(cancellationToken);
        return true;
    }

    private string[] TopicsOf(string appId) =>
        [.. definition.Topics.Where(topic => Topics.OwnerOf(topic) == appId)];

    private async Task<int> RepairBehindAsync(ListStreamHeadsResponse page, CancellationToken cancellationToken)
    {
        var heads = new Dictionary<StreamKey, long>();
        foreach (var head in page.Heads.Where(head => definition.Topics.Contains(head.Topic)))
        {
            if (Uuid.TryParse(head.Stream, out var stream)
                && await logs.IsCurrentAsync(head.Topic, Guid.Parse(page.LogId), cancellationToken))
                heads[new StreamKey(head.Topic, stream)] = head.Version;
        }

        if (heads.Count == 0)
            return 0;
        var states = (await checkpoints.ReadAsync(heads.Keys, cancellationToken)).ToDictionary(state => state.Key);
        var repaired = 0;
        foreach (var (key, version) in heads)
        {
            var state = states.GetValueOrDefault(key);
            if (state is { IsParked: true } || (state?.Version ?? 0) >= version)
                continue;
            CrashPoint.Hit("sweep.repair.before");
            await engine.RepairAsync(key, state?.Version ?? 0, cancellationToken);
            CrashPoint.Hit("sweep.repair.after");
            repaired++;
        }

        return repaired;
    }
}
