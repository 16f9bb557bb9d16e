using DaprSocial.Graph.V1;
using DaprSocial.Hosting;
using DaprSocial.Timelines.Domain;
using DaprSocial.Timelines.Storage;
using DaprSocial.Projections;
using DaprSocial.Users.V1;

namespace DaprSocial.Timelines.Consumers;

/// <summary>Keeps who blocks whom. Idempotent: the block with the greater entity version stays.</summary>
internal static class BlockConsumer
{
    public static void Apply(Blocked blocked, EventEnvelope envelope, TimelinesBatch batch) =>
        Put(blocked.BlockerId, blocked.BlockedId, isBlocking: true, envelope, batch);

    public static void Apply(Unblocked unblocked, EventEnvelope envelope, TimelinesBatch batch) =>
        Put(unblocked.BlockerId, unblocked.BlockedId, isBlocking: false, envelope, batch);

    private static void Put(
        string blocker, string blocked, bool isBlocking, EventEnvelope envelope, TimelinesBatch batch) =>
        batch.Put(new BlockState(
            RequestFields.Id<User>(blocker, "blocker_id"), RequestFields.Id<User>(blocked, "blocked_id"), isBlocking,
            envelope.EntityVersion));
}
