using DaprSocial.Media.Domain;

namespace DaprSocial.Media.Storage;

internal sealed record UploadRow(
    Guid Id, Guid OwnerId, long Size, string ContentType, long Received, Guid? MediaId, DateTime? BusyUntil,
    DateTime ExpireTime)
{
    public Upload ToUpload() => new(
        new UploadId(Id), new UserId(OwnerId), Size, ContentType, Received,
        MediaId is { } media ? new MediaId(media) : null, new DateTimeOffset(ExpireTime, TimeSpan.Zero));
}
