using Microsoft.Extensions.Logging;

namespace DaprSocial.Timelines;

internal static partial class TimelinesLog
{
    [LoggerMessage(1, LogLevel.Warning, "{AppId} does not answer; {Count} timeline entries are not filled")]
    public static partial void HydrationFailed(ILogger logger, string appId, int count, Exception exception);
}
