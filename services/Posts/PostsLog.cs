using Microsoft.Extensions.Logging;

namespace DaprSocial.Posts;

internal static partial class PostsLog
{
    [LoggerMessage(1, LogLevel.Warning, "Graph does not answer; {Count} posts that are not public stay hidden for now")]
    public static partial void GraphUnavailable(ILogger logger, int count, Exception exception);

    [LoggerMessage(2, LogLevel.Warning, "Media does not answer; {Count} attachments are shown without it for now")]
    public static partial void MediaUnavailable(ILogger logger, int count, Exception exception);
}
