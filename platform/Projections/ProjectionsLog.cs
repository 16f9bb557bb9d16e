using Microsoft.Extensions.Logging;

namespace DaprSocial.Projections;

internal static partial class ProjectionsLog
{
    [LoggerMessage(1, LogLevel.Warning, "A batch of {Count} events could not be written; it is tried again")]
    public static partial void StoreFailed(ILogger logger, int count, Exception exception);

    [LoggerMessage(2, LogLevel.Warning, "Event {EventId} ({Type}) failed, try {Attempt}")]
    public static partial void EventFailed(ILogger logger, Guid eventId, string type, int attempt, Exception exception);

    [LoggerMessage(3, LogLevel.Error, "Stream {Stream} of {Topic} is parked at version {Version}: {Reason}")]
    public static partial void StreamParked(ILogger logger, string topic, Guid stream, long version, string reason);

    [LoggerMessage(4, LogLevel.Error, "An event of {Topic} cannot be decoded; it goes to the dead-letter topic: {Reason}")]
    public static partial void Undecodable(ILogger logger, string topic, string reason);

    [LoggerMessage(
        5, LogLevel.Error,
        "Topic {Topic} comes from log {LogId}, not the one projected; its events are ignored until a rebuild")]
    public static partial void LogChanged(ILogger logger, string topic, Guid logId);

    [LoggerMessage(
        7, LogLevel.Error,
        "The log of {AppId} ends at {Head}, but was read up to {Position}: it has lost events; rebuild the projection")]
    public static partial void LogRewound(ILogger logger, string appId, long head, long position);

    [LoggerMessage(6, LogLevel.Warning, "The log of {AppId} could not be read; it is tried again")]
    public static partial void SourceUnavailable(ILogger logger, string appId, Exception exception);

    [LoggerMessage(7, LogLevel.Warning, "How far this service is behind the log of {AppId} cannot be measured")]
    public static partial void LagUnknown(ILogger logger, string appId, Exception exception);
}
