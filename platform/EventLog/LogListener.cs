using DaprSocial.Hosting;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace DaprSocial.EventLog;

/// <summary>Hears the NOTIFY of processes that take commands and wakes this process's sequencer.</summary>
internal sealed class LogListener(
    WriteSource source, ServiceIdentity identity, LogSignals signals, TimeProvider clock, ILogger<LogListener> logger)
    : BackgroundService
{
    private static readonly TimeSpan _retryDelay = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await ListenAsync(stoppingToken);
            }
            catch (NpgsqlException exception)
            {
                EventLogLog.NotifyFailed(logger, exception);
                await Task.Delay(_retryDelay, clock, stoppingToken);
            }
        }
    }

    private async Task ListenAsync(CancellationToken stoppingToken)
    {
        await using var connection = await source.DataSource.OpenConnectionAsync(stoppingToken);
        connection.Notification += (_, _) => signals.Committed.Pulse();
        await using (var command = connection.CreateCommand())
        {
#pragma warning disable CA2100 // A channel cannot be a parameter; ours is the app id, which is letters only.
            command.CommandText = $"listen {LogNotifier.ChannelOf(identity)}";
#pragma warning restore CA2100
            await command.ExecuteNonQueryAsync(stoppingToken);
        }

        while (true)
            await connection.WaitAsync(stoppingToken);
    }
}
