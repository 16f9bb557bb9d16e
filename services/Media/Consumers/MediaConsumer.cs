using DaprSocial.Hosting;
using DaprSocial.Media.Domain;
using DaprSocial.Media.Storage;
using DaprSocial.Media.V1;
using DaprSocial.Projections;
using DaprSocial.Users.V1;

namespace DaprSocial.Media.Consumers;

/// <summary>Keeps media views. Idempotent: the view with the greater entity version stays.</summary>
internal static class MediaConsumer
{
    public static void Apply(MediaReady ready, EventEnvelope envelope, MediaBatch batch)
    {
        var medium = ready.Media;
        batch.Put(new Medium(
            RequestFields.Id<V1.Media>(medium.Id, "media.id"), RequestFields.Id<User>(medium.OwnerId, "media.owner_id"),
            medium.Type, (long)(medium.Duration?.ToTimeSpan().TotalMilliseconds ?? 0), medium.Blurhash,
            [.. medium.Variants.Select(ToVariant)], IsDeleted: false, envelope.EntityVersion));
    }

    public static void Apply(MediaDeleted deleted, EventEnvelope envelope, MediaBatch batch) =>
        batch.Put(Medium.Tombstone(
            RequestFields.Id<V1.Media>(deleted.MediaId, "media_id"),
            RequestFields.Id<User>(deleted.OwnerId, "owner_id"), envelope.EntityVersion));

    private static MediumVariant ToVariant(MediaVariant variant) => new(
        variant.Variant, ContentTypes.TypeOf(variant.ContentType), BlobHash.Parse(variant.Hash), variant.Size,
        variant.Width, variant.Height);
}
