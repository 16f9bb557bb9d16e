using DaprSocial.Consistency;
using DaprSocial.Hosting;
using DaprSocial.Posts.V1;
using DaprSocial.Projections;
using DaprSocial.Timelines.Domain;
using DaprSocial.Timelines.Storage;
using DaprSocial.Users.V1;

namespace DaprSocial.Timelines.Consumers;

/// <summary>Keeps what authors wrote. Idempotent: the post with the greater entity version stays.</summary>
internal static class PostConsumer
{
    public static void Apply(PostCreated created, EventEnvelope envelope, TimelinesBatch batch)
    {
        var post = created.Post;
        batch.Put(new TimelinePost(
            RequestFields.Id<Post>(post.Id, "post.id"), RequestFields.Id<User>(post.AuthorId, "post.author_id"),
            RequestFields.OptionalId<User>(post.ParentAuthorId, "post.parent_author_id"), post.Visibility,
            IsDeleted: false, envelope.EntityVersion,
            post.Visibility == Visibility.Public ? ConsistencyToken.Empty : envelope.After));
    }

    public static void Apply(PostDeleted deleted, EventEnvelope envelope, TimelinesBatch batch) =>
        batch.Put(new TimelinePost(
            RequestFields.Id<Post>(deleted.PostId, "post_id"), RequestFields.Id<User>(deleted.AuthorId, "author_id"),
            null, Visibility.Public, IsDeleted: true, envelope.EntityVersion, ConsistencyToken.Empty));
}
