using DaprSocial.Hosting;
using DaprSocial.Media.V1;
using DaprSocial.Posts.Domain;
using DaprSocial.Posts.Storage;
using DaprSocial.Projections;
using DaprSocial.Users.V1;

namespace DaprSocial.Posts.Consumers;

/// <summary>Learns which media can be attached. Idempotent: the state with the greater entity version stays.</summary>
internal static class MediaConsumer
{
    public static void Apply(MediaReady ready, EventEnvelope envelope, PostsBatch batch) =>
        batch.Put(new KnownMedium(
            RequestFields.Id<Media.V1.Media>(ready.Media.Id, "media.id"),
            RequestFields.Id<User>(ready.Media.OwnerId, "media.owner_id"), ready.Media.Type, IsDeleted: false,
            envelope.EntityVersion));

    public static void Apply(MediaDeleted deleted, EventEnvelope envelope, PostsBatch batch) =>
        batch.Put(new KnownMedium(
            RequestFields.Id<Media.V1.Media>(deleted.MediaId, "media_id"),
            RequestFields.Id<User>(deleted.OwnerId, "owner_id"), MediaType.Unspecified, IsDeleted: true,
            envelope.EntityVersion));
}
