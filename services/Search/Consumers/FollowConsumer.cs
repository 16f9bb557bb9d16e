using DaprSocial.Graph.V1;
using DaprSocial.Hosting;
using DaprSocial.Projections;
using DaprSocial.Search.Domain;
using DaprSocial.Search.Storage;
using DaprSocial.Users.V1;

namespace DaprSocial.Search.Consumers;

/// <summary>Keeps who follows whom. Idempotent: the edge with the greater entity version stays.</summary>
internal static class FollowConsumer
{
    public static void Apply(Followed followed, EventEnvelope envelope, SearchBatch batch) =>
        Put(followed.FollowerId, followed.FolloweeId, isFollowing: true, envelope, batch);

    public static void Apply(Unfollowed unfollowed, EventEnvelope envelope, SearchBatch batch) =>
        Put(unfollowed.FollowerId, unfollowed.FolloweeId, isFollowing: false, envelope, batch);

    private static void Put(
        string follower, string followee, bool isFollowing, EventEnvelope envelope, SearchBatch batch) =>
        batch.Put(new FollowState(
            RequestFields.Id<User>(follower, "follower_id"), RequestFields.Id<User>(followee, "followee_id"),
            isFollowing, envelope.EntityVersion));
}
