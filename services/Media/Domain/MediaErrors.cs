using System.Globalization;
using DaprSocial.Errors;
using DaprSocial.Errors.V1;
using DaprSocial.Media.V1;

namespace DaprSocial.Media.Domain;

internal static class MediaErrors
{
    public static ServiceException NotFound(MediaId id) =>
        new(ErrorReason.MediaNotFound, $"There is no medium {id}.", Metadata("mediaId", id.ToString()), "media_id");

    public static ServiceException NotOwner(MediaId id) =>
        new(ErrorReason.NotOwner, $"Only its owner may delete medium {id}.", Metadata("mediaId", id.ToString()),
            "media_id");

    public static ServiceException UploadNotFound(UploadId id) =>
        new(ErrorReason.UploadNotFound, $"There is no upload {id} of yours; start another.",
            Metadata("uploadId", id.ToString()), "upload_id");

    public static ServiceException WrongOffset(long expected) =>
        new(ErrorReason.UploadOffset, $"The bytes do not belong there; go on at offset {Text(expected)}.",
            Metadata("expectedOffset", Text(expected)), "offset");

    public static ServiceException Incomplete(long expected, long size) =>
        new(ErrorReason.UploadIncomplete, $"{Text(expected)} of {Text(size)} bytes have arrived.",
            new Dictionary<string, string> { ["expectedOffset"] = Text(expected), ["size"] = Text(size) });

    public static ServiceException WrongSize(long size) =>
        new(ErrorReason.UploadSize, $"The upload declared {Text(size)} bytes.", Metadata("size", Text(size)), "data");

    public static ServiceException Quota() =>
        new(ErrorReason.UploadQuota,
            $"At most {Upload.OpenCountMax} uploads of {Upload.OpenBytesMax} bytes together may be under way.",
            new Dictionary<string, string>
            {
                ["uploadsMax"] = Text(Upload.OpenCountMax), ["bytesMax"] = Text(Upload.OpenBytesMax),
            });

    public static ServiceException TooLarge(long sizeMax) =>
        new(ErrorReason.MediaTooLarge, $"At most {Text(sizeMax)} bytes are taken.", Metadata("sizeMax", Text(sizeMax)));

    public static ServiceException TypeUnknown(string why) => new(
        ErrorReason.MediaTypeUnknown, $"JPEG, PNG, GIF, WebP and MP4 are taken; {why}.", Metadata("why", why));

    public static ServiceException TypeMismatch(string declared, MediaType type) =>
        new(ErrorReason.MediaTypeMismatch, $"The content is {ContentTypes.NameOf(type)} and not what was declared.",
            new Dictionary<string, string> { ["declared"] = declared, ["found"] = ContentTypes.NameOf(type) });

    public static ServiceException Damaged(string why) =>
        new(ErrorReason.MediaDamaged, $"The content cannot be read: {why}.", Metadata("why", why));

    public static ServiceException PixelCount(long width, long height, long frames) =>
        new(ErrorReason.MediaTooManyPixels,
            $"{Text(width)} x {Text(height)} pixels, {Text(frames)} times: at most {MediaLimits.SideMax} a side and "
            + $"{MediaLimits.PixelsMax} are taken, of all frames {MediaLimits.AnimationPixelsMax}; at least one.",
            new Dictionary<string, string>
            {
                ["width"] = Text(width), ["height"] = Text(height), ["frames"] = Text(frames),
            });

    public static ServiceException TooCostly() =>
        new(ErrorReason.MediaTooCostly, "To decode the content takes more time or memory than it may.");

    public static ServiceException Refused() => new(ErrorReason.MediaRefused, "The content is not taken here.");

    /// <summary>Whether a refusal is for the content, so that the same bytes will be refused again.</summary>
    public static bool IsForContent(ServiceException refusal) => refusal.Reason
        is ErrorReason.MediaTypeUnknown or ErrorReason.MediaTypeMismatch or ErrorReason.MediaTooLarge
        or ErrorReason.MediaDamaged or ErrorReason.MediaTooManyPixels or ErrorReason.MediaTooCostly
        or ErrorReason.MediaRefused;

    private static Dictionary<string, string> Metadata(string key, string value) => new() { [key] = value };

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
