using DaprSocial.Media.V1;

namespace DaprSocial.Media.Domain;

/// <summary>An image or a video. A deleted one is a tombstone with its owner alone.</summary>
/// <param name="Variants">The smallest first, the original last; none of a tombstone.</param>
internal sealed record Medium(
    MediaId Id, UserId OwnerId, MediaType Type, long DurationMs, string Blurhash, IReadOnlyList<MediumVariant> Variants,
    bool IsDeleted, long EntityVersion)
{
    public MediumVariant Original => Variants[^1];

    public static Medium Tombstone(MediaId id, UserId ownerId, long entityVersion) =>
        new(id, ownerId, MediaType.Unspecified, 0, "", [], IsDeleted: true, entityVersion);

    public MediumVariant? Find(Variant variant) => Variants.FirstOrDefault(one => one.Variant == variant);
}
