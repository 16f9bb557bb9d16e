using Microsoft.Extensions.Logging;

namespace DaprSocial.Search;

internal static partial class SearchLog
{
    [LoggerMessage(1, LogLevel.Warning, "{AppId} does not answer; {Count} found posts have no author")]
    public static partial void AuthorsMissing(ILogger logger, string appId, int count, Exception exception);
}
