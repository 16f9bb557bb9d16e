using DaprSocial.Graph.Domain;
using DaprSocial.Graph.Storage;
using DaprSocial.Graph.V1;
using DaprSocial.Hosting;
using DaprSocial.Projections;
using DaprSocial.Users.V1;

namespace DaprSocial.Graph.Consumers;

/// <summary>Keeps blocks. Idempotent: the block with the greater entity version stays.</summary>
internal static class BlockConsumer
{
    public static void Apply(Blocked blocked, EventEnvelope envelope, GraphBatch batch) =>
        batch.Put(new BlockEdge(
            RequestFields.Id<User>(blocked.BlockerId, "blocker_id"),
            RequestFields.Id<User>(blocked.BlockedId, "blocked_id"), IsBlocking: true,
            RequestFields.Id<Blocked>(blocked.BlockId, "block_id").Value, envelope.EntityVersion));

    public static void Apply(Unblocked unblocked, EventEnvelope envelope, GraphBatch batch) =>
        batch.Put(new BlockEdge(
            RequestFields.Id<User>(unblocked.BlockerId, "blocker_id"),
            RequestFields.Id<User>(unblocked.BlockedId, "blocked_id"), IsBlocking: false, Guid.Empty,
            envelope.EntityVersion));
}
