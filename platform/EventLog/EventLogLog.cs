using Microsoft.Extensions.Logging;

namespace DaprSocial.EventLog;

internal static partial class EventLogLog
{
    [LoggerMessage(1, LogLevel.Warning, "Sequencing failed; it is tried again")]
    public static partial void SequencerFailed(ILogger logger, Exception exception);

    [LoggerMessage(2, LogLevel.Warning, "Reading the log to publish failed; it is tried again")]
    public static partial void RelayFailed(ILogger logger, Exception exception);

    [LoggerMessage(3, LogLevel.Warning, "Publishing position {Position} to {Topic} failed; it is tried again")]
    public static partial void PublishFailed(ILogger logger, string topic, long position, Exception exception);

    [LoggerMessage(4, LogLevel.Warning, "Waking other processes by NOTIFY failed; they find out by polling")]
    public static partial void NotifyFailed(ILogger logger, Exception exception);

    [LoggerMessage(5, LogLevel.Warning, "Measuring what waits to be published failed; it is tried again")]
    public static partial void BacklogUnknown(ILogger logger, Exception exception);
}
