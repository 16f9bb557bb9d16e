using DaprSocial.Hosting;
using DaprSocial.Posts.Storage;
using DaprSocial.Posts.V1;
using DaprSocial.Projections;

namespace DaprSocial.Posts.Consumers;

/// <summary>
/// Keeps who likes what, and the counts. Idempotent: the reaction with the greater entity version stays.
/// </summary>
internal static class ReactionConsumer
{
    public static void Apply(PostLiked liked, EventEnvelope envelope, PostsBatch batch) =>
        Put(liked.UserId, liked.PostId, isLiked: true, envelope, batch);

    public static void Apply(PostUnliked unliked, EventEnvelope envelope, PostsBatch batch) =>
        Put(unliked.UserId, unliked.PostId, isLiked: false, envelope, batch);

    private static void Put(string user, string post, bool isLiked, EventEnvelope envelope, PostsBatch batch) =>
        batch.PutReaction(
            RequestFields.Id<Users.V1.User>(user, "user_id"), RequestFields.Id<V1.Post>(post, "post_id"), isLiked,
            envelope.EntityVersion);
}
