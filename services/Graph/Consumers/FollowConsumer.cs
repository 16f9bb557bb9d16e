using DaprSocial.Graph.Domain;
using DaprSocial.Graph.Storage;
using DaprSocial.Graph.V1;
using DaprSocial.Hosting;
using DaprSocial.Projections;
using DaprSocial.Users.V1;

namespace DaprSocial.Graph.Consumers;

/// <summary>Keeps edges. Idempotent: the edge with the greater entity version stays.</summary>
internal static class FollowConsumer
{
    public static void Apply(Followed followed, EventEnvelope envelope, GraphBatch batch) =>
        batch.Put(new FollowEdge(
            RequestFields.Id<User>(followed.FollowerId, "follower_id"),
            RequestFields.Id<User>(followed.FolloweeId, "followee_id"), IsFollowing: true,
            RequestFields.Id<Followed>(followed.FollowId, "follow_id").Value, envelope.EntityVersion));

    public static void Apply(Unfollowed unfollowed, EventEnvelope envelope, GraphBatch batch) =>
        batch.Put(new FollowEdge(
            RequestFields.Id<User>(unfollowed.FollowerId, "follower_id"),
            RequestFields.Id<User>(unfollowed.FolloweeId, "followee_id"), IsFollowing: false, Guid.Empty,
            envelope.EntityVersion));
}
