using DaprSocial.Media.Domain;
using DaprSocial.Media.V1;

namespace DaprSocial.Media.Storage;

/// <summary>A medium as both sides keep it.</summary>
internal sealed record MediumRow(
    Guid Id, Guid OwnerId, short Type, long DurationMs, string Blurhash, string Variants, bool Deleted,
    long EntityVersion)
{
    public Medium ToMedium() => new(
        new MediaId(Id), new UserId(OwnerId), (MediaType)Type, DurationMs, Blurhash, VariantText.Decode(Variants),
        Deleted, EntityVersion);
}
