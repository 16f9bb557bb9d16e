using Microsoft.Extensions.Logging;

namespace DaprSocial.Caching;

internal static partial class CacheLog
{
    [LoggerMessage(1, LogLevel.Warning, "The cache does not answer; reads go to the store")]
    public static partial void Away(ILogger logger, Exception exception);

    [LoggerMessage(2, LogLevel.Information, "The cache answers again")]
    public static partial void Back(ILogger logger);
}
