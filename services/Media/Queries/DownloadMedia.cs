using DaprSocial.Errors;
using DaprSocial.Media.Blobs;
using DaprSocial.Media.Domain;
using DaprSocial.Media.Storage;
using DaprSocial.Media.V1;
using Microsoft.Extensions.Logging;

namespace DaprSocial.Media.Queries;

/// <param name="Offset">First byte.</param>
/// <param name="Length">How many; 0 for all to the end.</param>
internal sealed record DownloadMedia(MediaId Id, Variant Variant, long Offset, long Length);

/// <summary>A form of a medium with the bytes of it that were asked for; the caller closes them.</summary>
internal sealed record MediaBytes(BlobHash Original, MediumVariant Variant, Stream Bytes);

internal sealed class DownloadMediaHandler(MediaViewStore views, IBlobStore store, ILogger<DownloadMediaHandler> logger)
{
    public async Task<MediaBytes> HandleAsync(DownloadMedia query, CancellationToken cancellationToken)
    {
        var medium = await views.FindLiveAsync(query.Id, cancellationToken);
        if (medium?.Find(query.Variant) is not { } variant)
            throw MediaErrors.NotFound(query.Id);
        if (query.Offset < 0 || query.Offset >= variant.Size || query.Length < 0)
            throw Refusals.InvalidField("offset", "offset and length must lie within the size of the variant.");
        var rest = variant.Size - query.Offset;
        var length = query.Length == 0 ? rest : Math.Min(query.Length, rest);
        if (await store.OpenAsync(variant.Hash, query.Offset, length, cancellationToken) is { } bytes)
            return new MediaBytes(medium.Original.Hash, variant, bytes);
        // Deleted just now, or lost.
        if (await views.FindLiveAsync(query.Id, cancellationToken) is not null)
            MediaLog.BlobMissing(logger, variant.Hash.Value);
        throw MediaErrors.NotFound(query.Id);
    }
}
