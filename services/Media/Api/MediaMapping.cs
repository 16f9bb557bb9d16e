using DaprSocial.Errors;
using DaprSocial.Hosting;
using DaprSocial.Identifiers;
using DaprSocial.Media.Commands;
using DaprSocial.Media.Domain;
using DaprSocial.Media.Queries;
using DaprSocial.Media.V1;
using Google.Protobuf.WellKnownTypes;
using Upload = DaprSocial.Media.Domain.Upload;

namespace DaprSocial.Media.Api;

/// <summary>Between the contract and the domain. Total, save that a bad request is refused.</summary>
internal static class MediaMapping
{
    private const int ContentTypeLengthMax = 100;

    public static StartUpload ToCommand(this StartUploadRequest request, UserId actor) =>
        new(actor, ToSize(request.Size), ToContentType(request.ContentType));

    public static UploadMedia ToCommand(
        this UploadHeader header, UserId actor, IAsyncEnumerable<ReadOnlyMemory<byte>> chunks) =>
        new(actor, ToSize(header.Size), ToContentType(header.ContentType), chunks);

    public static AppendUpload ToCommand(this AppendUploadRequest request, UserId actor)
    {
        var id = RequestFields.Id<V1.Upload>(request.UploadId, "upload_id");
        if (request.Offset is < 0 or > MediaLimits.VideoBytesMax)
            throw Refusals.InvalidField("offset", "0 or more, and not over the size.");
        return new AppendUpload(id, actor, request.Offset, ToChunk(request.Data.Memory));
    }

    public static DownloadMedia ToQuery(this DownloadMediaRequest request) => new(
        RequestFields.Id<V1.Media>(request.MediaId, "media_id"),
        request.Variant == Variant.Unspecified ? Variant.Original : request.Variant, request.Offset, request.Length);

    /// <exception cref="ServiceException">INVALID_FIELD: empty, or too large.</exception>
    public static ReadOnlyMemory<byte> ToChunk(ReadOnlyMemory<byte> data) =>
        data.Length is > 0 and <= Upload.ChunkBytesMax
            ? data
            : throw Refusals.InvalidField("data", $"1 to {Upload.ChunkBytesMax} bytes.");

    public static V1.Upload ToProto(this Upload upload) => new()
    {
        Id = upload.Id.ToString(),
        Size = upload.Size,
        Offset = upload.Received,
        ExpireTime = upload.ExpireTime.ToTimestamp(),
        MediaId = upload.MediaId?.ToString() ?? "",
    };

    public static V1.Media ToProto(this Medium medium) => new()
    {
        Id = medium.Id.ToString(),
        OwnerId = medium.OwnerId.ToString(),
        Type = medium.Type,
        Hash = medium.Original.Hash.Value,
        Width = medium.Original.Width,
        Height = medium.Original.Height,
        Duration = medium.Type == MediaType.Mp4
            ? Duration.FromTimeSpan(TimeSpan.FromMilliseconds(medium.DurationMs))
            : null,
        Blurhash = medium.Blurhash,
        Variants = { medium.Variants.Select(variant => variant.ToProto()) },
        CreateTime = Uuid.GetTime(medium.Id.Value).ToTimestamp(),
    };

    public static MediaVariant ToProto(this MediumVariant variant) => new()
    {
        Variant = variant.Variant,
        ContentType = ContentTypes.NameOf(variant.Type),
        Size = variant.Size,
        Width = variant.Width,
        Height = variant.Height,
        Hash = variant.Hash.Value,
    };

    private static long ToSize(long size) =>
        size > 0 ? size : throw Refusals.InvalidField("size", "at least one byte.");

    private static string ToContentType(string type) =>
        type.Length <= ContentTypeLengthMax && type.All(char.IsAscii) && !type.Any(char.IsControl)
            ? type
            : throw Refusals.InvalidField("content_type", $"at most {ContentTypeLengthMax} ASCII characters.");
}
