using Dapper;
using DaprSocial.Errors;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace DaprSocial.Hosting;

/// <summary>
/// Compares this process's clock with the command database's, because ids are made of it: an instance whose clock is
/// more than a second off refuses commands.
/// </summary>
public sealed class ClockGuard(WriteSource source, TimeProvider clock, ILogger<ClockGuard> logger) : BackgroundService
{
    /// <summary>Greatest difference at which commands are taken.</summary>
    public static readonly TimeSpan SkewMax = TimeSpan.FromSeconds(1);

    private const string ReadClock = "select clock_timestamp()";
    private static readonly TimeSpan _period = TimeSpan.FromSeconds(5);

    private long _skewTicks;

    /// <summary>This process's clock minus the database's, as last measured; zero before the start.</summary>
    public TimeSpan Skew => TimeSpan.FromTicks(Interlocked.Read(ref _skewTicks));

    /// <summary>True when commands may be taken.</summary>
    public bool IsReady => Skew.Duration() <= SkewMax;

    /// <summary>Refuses a command on a skewed instance.</summary>
    /// <exception cref="ServiceException">CLOCK_SKEW.</exception>
    public void ThrowIfSkewed()
    {
        if (!IsReady)
            throw Refusals.ClockSkew(Skew);
    }

    /// <summary>Measures once.</summary>
    public async Task MeasureAsync(CancellationToken cancellationToken)
    {
        await using var connection = await source.DataSource.OpenConnectionAsync(cancellationToken);
        var before = clock.GetUtcNow();
        var database = await connection.QuerySingleAsync<DateTime>(ReadClock);
        var after = clock.GetUtcNow();
        var here = before + ((after - before) / 2);
        var skew = here - new DateTimeOffset(database.ToUniversalTime());
        Interlocked.Exchange(ref _skewTicks, skew.Ticks);
        if (!IsReady)
            HostingLog.ClockSkewed(logger, skew.TotalMilliseconds, SkewMax.TotalMilliseconds);
    }

    /// <summary>Measures before anything that starts later takes a command.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await TryMeasureAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(_period, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
            await TryMeasureAsync(stoppingToken);
    }

    private async Task TryMeasureAsync(CancellationToken cancellationToken)
    {
        try
        {
            await MeasureAsync(cancellationToken);
        }
        catch (NpgsqlException exception)
        {
            // The last measurement stays; commands fail on the database by themselves.
            HostingLog.ClockUnknown(logger, exception);
        }
    }
}
