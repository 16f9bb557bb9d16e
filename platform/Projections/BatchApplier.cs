using DaprSocial.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace DaprSocial.Projections;

/// <summary>
/// Applies events in transactions: checkpoints and effects together, each event once, failing streams parked.
/// </summary>
internal sealed class BatchApplier<TBatch>(
    int version, ProjectionDefinition<TBatch> definition, IProjectionStore<TBatch> effects, CheckpointStore checkpoints,
    KnownLogs logs, AppliedVersions applied, ProjectionMetrics metrics, ServiceIdentity identity, TimeProvider clock,
    ILogger<BatchApplier<TBatch>> logger)
    where TBatch : new()
{
    private const int AttemptsMax = 5;
    private static readonly TimeSpan _retryDelayMin = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan _retryDelayMax = TimeSpan.FromSeconds(2);

    /// <summary>Applies what can be applied; waits for a database that is away. Safe to repeat.</summary>
    /// <returns>Those that have to wait because an event before them is missing.</returns>
    public async Task<IReadOnlyList<EventEnvelope>> ApplyAsync(
        IReadOnlyList<EventEnvelope> events, CancellationToken cancellationToken)
    {
        for (var delay = _retryDelayMin; ; delay = delay * 2 < _retryDelayMax ? delay * 2 : _retryDelayMax)
        {
            try
            {
                return await ApplyOrIsolateAsync(events, cancellationToken);
            }
            catch (NpgsqlException exception) when (IsOutage(exception))
            {
                ProjectionsLog.StoreFailed(logger, events.Count, exception);
                await Task.Delay(delay, clock, cancellationToken);
            }
        }
    }

    /// <summary>True when the database is away or asks to try again: not the events' fault.</summary>
    private static bool IsOutage(Exception exception) =>
        exception is NpgsqlException npgsql && (npgsql.IsTransient || npgsql is not PostgresException);

    private async Task<IReadOnlyList<EventEnvelope>> ApplyOrIsolateAsync(
        IReadOnlyList<EventEnvelope> events, CancellationToken cancellationToken)
    {
        var current = await KeepCurrentAsync(events, cancellationToken);
        try
        {
            return await ApplyOnceAsync(current, cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException && !IsOutage(exception))
        {
            // One event spoils the transaction of all; find it by applying them one at a time.
            return await ApplySinglyAsync(current, cancellationToken);
        }
    }

    private async Task<IReadOnlyList<EventEnvelope>> KeepCurrentAsync(
        IReadOnlyList<EventEnvelope> events, CancellationToken cancellationToken)
    {
        var current = new List<EventEnvelope>(events.Count);
        foreach (var row in events)
        {
            if (await logs.IsCurrentAsync(row.Key.Topic, row.LogId, cancellationToken))
                current.Add(row);
            else
                ProjectionsLog.LogChanged(logger, row.Key.Topic, row.LogId);
        }

        return current;
    }

    private async Task<IReadOnlyList<EventEnvelope>> ApplySinglyAsync(
        IReadOnlyList<EventEnvelope> events, CancellationToken cancellationToken)
    {
        var ahead = new List<EventEnvelope>();
        foreach (var row in events.OrderBy(row => row.Version))
            ahead.AddRange(await ApplyOrParkAsync(row, cancellationToken));
        return ahead;
    }

    private async Task<IReadOnlyList<EventEnvelope>> ApplyOrParkAsync(
        EventEnvelope row, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await ApplyOnceAsync([row], cancellationToken);
            }
            catch (Exception exception) when (exception is not OperationCanceledException && !IsOutage(exception))
            {
                ProjectionsLog.EventFailed(logger, row.EventId, row.Type, attempt, exception);
                if (attempt == AttemptsMax)
                {
                    await ParkAsync(row, exception, cancellationToken);
                    return [];
                }

                await Task.Delay(_retryDelayMin * Math.Pow(2, attempt), clock, cancellationToken);
            }
        }
    }

    private async Task ParkAsync(EventEnvelope row, Exception exception, CancellationToken cancellationToken)
    {
        var reason = StoredText.Of($"{exception.GetType().Name}: {exception.Message}");
        CrashPoint.Hit("park.before");
        await checkpoints.ParkAsync(row, reason, clock.GetUtcNow(), cancellationToken);
        CrashPoint.Hit("park.after");
        metrics.Parked.Add(1, new KeyValuePair<string, object?>("service", identity.AppId));
        ProjectionsLog.StreamParked(logger, row.Key.Topic, row.Key.Stream, row.Version, reason);
    }

    private async Task<IReadOnlyList<EventEnvelope>> ApplyOnceAsync(
        IReadOnlyList<EventEnvelope> events, CancellationToken cancellationToken)
    {
        if (events.Count == 0)
            return [];
        await using var connection = await checkpoints.OpenAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);

        var keys = events.Select(row => row.Key).Distinct().ToList();
        var unknown = keys.Where(key => !applied.Knows(key)).ToList();
        if (unknown.Count > 0)
            await CheckpointStore.CreateAsync(unknown, transaction, cancellationToken);
        CrashPoint.Hit("checkpoint.created");
        var states = await CheckpointStore.LockAsync(keys, transaction, cancellationToken);
        CrashPoint.Hit("checkpoint.locked");
        var parked = states.Where(state => state.IsParked).Select(state => state.Key).ToHashSet();
        var plan = BatchPlan.Of(
            events.Where(row => !parked.Contains(row.Key)),
            states.ToDictionary(state => state.Key, state => state.Version));

        var batch = new TBatch();
        var notConsumed = await WriteAsync(plan, batch, connection, transaction, cancellationToken);
        // Before the commit too: the events are facts of the log already, and a process that is killed right after it
        // could tell nobody.
        if (plan.Run.Count > 0)
            await effects.AnnounceAsync(batch, version, cancellationToken);
        CrashPoint.Hit("consumer.commit.before");
        await transaction.CommitAsync(cancellationToken);
        CrashPoint.Hit("consumer.commit.after");
        foreach (var state in states)
            applied.Record(state.Key, state.Version);
        foreach (var row in plan.Run)
            applied.Record(row.Key, row.Version);
        applied.Advanced();
        Count(plan, notConsumed);
        if (plan.Run.Count > 0)
            await effects.AnnounceAsync(batch, version, cancellationToken);
        return plan.Ahead;
    }

    private async Task<int> WriteAsync(
        BatchPlan plan, TBatch batch, NpgsqlConnection connection, NpgsqlTransaction transaction,
        CancellationToken cancellationToken)
    {
        if (plan.Run.Count == 0)
            return 0;
        var notConsumed = plan.Run.Count(row => !definition.Apply(row, batch));
        await effects.FlushAsync(batch, connection, transaction, cancellationToken);
        CrashPoint.Hit("consumer.flushed");
        var streams = plan.Run.GroupBy(row => row.Key)
            .Select(stream => (stream.Key, stream.Max(row => row.Version), stream.LongCount())).ToList();
        var advanced = await CheckpointStore.AdvanceAsync(streams, transaction, cancellationToken);
        if (advanced != streams.Count)
            throw new InvalidOperationException($"{streams.Count - advanced} checkpoints moved under their lock.");
        return notConsumed;
    }

    private void Count(BatchPlan plan, int notConsumed)
    {
        var service = new KeyValuePair<string, object?>("service", identity.AppId);
        metrics.Applied.Add(plan.Run.Count, service);
        metrics.Duplicates.Add(plan.DuplicateCount, service);
        metrics.HeldBack.Add(plan.Ahead.Count, service);
        metrics.NotConsumed.Add(notConsumed, service);
    }
}
