using System.Diagnostics.Metrics;
using DaprSocial.Hosting;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace DaprSocial.EventLog;

/// <summary>Measures in the background how much of the log waits to be published, for gauges.</summary>
internal sealed class LogWatch : BackgroundService
{
    public const string MeterName = "DaprSocial.EventLog";
    public const string CountName = "daprsocial.events.unpublished";
    public const string AgeName = "daprsocial.events.unpublished.age";

    private static readonly TimeSpan _period = TimeSpan.FromSeconds(5);

    private readonly EventLogStore _store;
    private readonly ServiceIdentity _identity;
    private readonly TimeProvider _clock;
    private readonly ILogger<LogWatch> _logger;
    private readonly Meter _meter = new(MeterName);
    private volatile LogBacklog? _backlog;

    public LogWatch(EventLogStore store, ServiceIdentity identity, TimeProvider clock, ILogger<LogWatch> logger)
    {
        (_store, _identity, _clock, _logger) = (store, identity, clock, logger);
        _meter.CreateObservableGauge(CountName, () => Measure(backlog => backlog.EventCount), "{event}");
        _meter.CreateObservableGauge(AgeName, () => Measure(AgeOf), "s");
    }

    /// <summary>Measures now.</summary>
    public async Task MeasureAsync(CancellationToken cancellationToken) =>
        _backlog = await _store.ReadBacklogAsync(cancellationToken);

    /// <inheritdoc />
    public override void Dispose()
    {
        _meter.Dispose();
        base.Dispose();
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(_period, _clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await MeasureAsync(stoppingToken);
            }
            catch (NpgsqlException exception)
            {
                EventLogLog.BacklogUnknown(_logger, exception);
            }
        }
    }

    private IEnumerable<Measurement<T>> Measure<T>(Func<LogBacklog, T> measure)
        where T : struct =>
        _backlog is { } backlog
            ? [new(measure(backlog), new KeyValuePair<string, object?>("service", _identity.AppId))]
            : [];

    private double AgeOf(LogBacklog backlog) =>
        backlog.OldestTime is { } time ? Math.Max(0, (_clock.GetUtcNow() - time).TotalSeconds) : 0;
}
