using Dapper;
using DaprSocial.Hosting;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace DaprSocial.EventLog;

/// <summary>
/// Wakes the relay of another process: after commits, at most one NOTIFY every 10 ms, on a connection of its own.
/// </summary>
/// <remarks>
/// Never inside a command's transaction: NOTIFY takes a lock at commit that makes all commands queue.
/// </remarks>
internal sealed class LogNotifier(
    WriteSource source, ServiceIdentity identity, LogSignals signals, TimeProvider clock, ILogger<LogNotifier> logger)
    : BackgroundService
{
    private const string Notify = "select pg_notify(@channel, '')";
    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan _waitMax = TimeSpan.FromMinutes(1);

    public static string ChannelOf(ServiceIdentity identity) => $"daprsocial_{identity.AppId}";

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await signals.Committed.WaitAsync(_waitMax, clock, stoppingToken);
            try
            {
                await using var connection = await source.DataSource.OpenConnectionAsync(stoppingToken);
                await connection.ExecuteAsync(Notify, new { channel = ChannelOf(identity) });
            }
            catch (NpgsqlException exception)
            {
                EventLogLog.NotifyFailed(logger, exception);
            }

            await Task.Delay(_pause, clock, stoppingToken);
        }
    }
}
