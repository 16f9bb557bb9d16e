using DaprSocial.Hosting;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace DaprSocial.EventLog;

/// <summary>
/// Moves pending events into the log, where positions have no holes. Any number may run; one works at a time.
/// </summary>
/// <remarks>
/// Commands commit out of the order of any serial column, so a reader that tails such a column misses rows. Positions
/// given afterwards, by one at a time, cannot be missed.
/// </remarks>
public sealed class EventSequencer : BackgroundService
{
    private const int BatchSizeMax = 1000;
    private const int ExpiredDeleteMax = 1000;
    private static readonly TimeSpan _poll = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan _cleanUpPeriod = TimeSpan.FromMinutes(1);

    private readonly EventLogStore _store;
    private readonly ServiceIdentity _identity;
    private readonly LogSignals _signals;
    private readonly TimeProvider _clock;
    private readonly ILogger<EventSequencer> _logger;

    internal EventSequencer(
        EventLogStore store, ServiceIdentity identity, LogSignals signals, TimeProvider clock,
        ILogger<EventSequencer> logger) =>
        (_store, _identity, _signals, _clock, _logger) = (store, identity, signals, clock, logger);

    /// <summary>Moves all pending events that are visible now.</summary>
    /// <returns>How many.</returns>
    public async Task<int> SequenceAsync(CancellationToken cancellationToken)
    {
        var total = 0;
        int moved;
        do
        {
            moved = await _store.MovePendingAsync(_identity.AppId, _clock.GetUtcNow(), BatchSizeMax, cancellationToken);
            total += moved;
        }
        while (moved == BatchSizeMax);
        if (total > 0)
            _signals.Sequenced.Pulse();
        return total;
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var cleanUpAt = _clock.GetUtcNow();
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await SequenceAsync(stoppingToken);
                if (_clock.GetUtcNow() >= cleanUpAt)
                {
                    await _store.DeleteExpiredRequestsAsync(_clock.GetUtcNow(), ExpiredDeleteMax, stoppingToken);
                    cleanUpAt = _clock.GetUtcNow() + _cleanUpPeriod;
                }
            }
            catch (NpgsqlException exception)
            {
                EventLogLog.SequencerFailed(_logger, exception);
            }

            await _signals.Committed.WaitAsync(_poll, _clock, stoppingToken);
        }
    }
}
