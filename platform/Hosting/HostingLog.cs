using Microsoft.Extensions.Logging;

namespace DaprSocial.Hosting;

internal static partial class HostingLog
{
    [LoggerMessage(1, LogLevel.Error, "Call {Method} failed unexpectedly")]
    public static partial void CallFailed(ILogger logger, string method, Exception exception);

    [LoggerMessage(2, LogLevel.Warning, "Call {Method} could not reach what it depends on")]
    public static partial void DependencyFailed(ILogger logger, string method, Exception exception);

    [LoggerMessage(
        3, LogLevel.Warning,
        "Clock of this process is {SkewMs} ms off the database's; commands are refused over {LimitMs} ms")]
    public static partial void ClockSkewed(ILogger logger, double skewMs, double limitMs);

    [LoggerMessage(4, LogLevel.Warning, "The database's clock could not be read")]
    public static partial void ClockUnknown(ILogger logger, Exception exception);
}
