using DaprSocial.Graph.V1;
using DaprSocial.Hosting;
using DaprSocial.Posts.Domain;
using DaprSocial.Posts.Storage;
using DaprSocial.Projections;
using DaprSocial.Users.V1;

namespace DaprSocial.Posts.Consumers;

/// <summary>Keeps who blocks whom. Idempotent: the block with the greater entity version stays.</summary>
internal static class BlockConsumer
{
    public static void Apply(Blocked blocked, EventEnvelope envelope, PostsBatch batch) =>
        Put(blocked.BlockerId, blocked.BlockedId, isBlocking: true, envelope, batch);

    public static void Apply(Unblocked unblocked, EventEnvelope envelope, PostsBatch batch) =>
        Put(unblocked.BlockerId, unblocked.BlockedId, isBlocking: false, envelope, batch);

    private static void Put(
        string blocker, string blocked, bool isBlocking, EventEnvelope envelope, PostsBatch batch) =>
        batch.Put(new BlockState(
            RequestFields.Id<User>(blocker, "blocker_id"), RequestFields.Id<User>(blocked, "blocked_id"), isBlocking,
            envelope.EntityVersion));
}
