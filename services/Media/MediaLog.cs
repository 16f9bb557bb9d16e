using Microsoft.Extensions.Logging;

namespace DaprSocial.Media;

internal static partial class MediaLog
{
    [LoggerMessage(1, LogLevel.Information, "libvips ended with {ExitCode}: {Why}")]
    public static partial void ImageFailed(ILogger logger, int exitCode, string why);

    [LoggerMessage(2, LogLevel.Error, "libvips (package libvips-tools) cannot be run: no image can be uploaded: {Why}")]
    public static partial void ImageToolMissing(ILogger logger, string why);

    [LoggerMessage(3, LogLevel.Information, "Collected {Uploads} expired uploads, {Files} files, {Blobs} blobs")]
    public static partial void Collected(ILogger logger, int uploads, int files, int blobs);

    [LoggerMessage(4, LogLevel.Warning, "Collecting what nobody needs failed; it is tried again")]
    public static partial void CollectFailed(ILogger logger, Exception exception);

    [LoggerMessage(5, LogLevel.Error, "Blob {Hash} is in the database and not in the store")]
    public static partial void BlobMissing(ILogger logger, string hash);
}
