using DaprSocial.Hosting;
using DaprSocial.Posts.V1;
using DaprSocial.Projections;
using DaprSocial.Search.Domain;
using DaprSocial.Search.Storage;
using DaprSocial.Users.V1;

namespace DaprSocial.Search.Consumers;

/// <summary>Keeps posts in the index. Idempotent: the post with the greater entity version stays.</summary>
internal static class PostConsumer
{
    public static void Apply(PostCreated created, EventEnvelope envelope, SearchBatch batch)
    {
        var post = created.Post;
        batch.Put(new PostDocument(
            RequestFields.Id<Post>(post.Id, "post.id"), RequestFields.Id<User>(post.AuthorId, "post.author_id"),
            RequestFields.OptionalId<User>(post.ParentAuthorId, "post.parent_author_id"), post.Visibility,
            post.Language, post.Text, post.Media.Count > 0, IsDeleted: false, envelope.EntityVersion));
    }

    public static void Apply(PostDeleted deleted, EventEnvelope envelope, SearchBatch batch) =>
        batch.Put(PostDocument.Stub(
            RequestFields.Id<Post>(deleted.PostId, "post_id"), RequestFields.Id<User>(deleted.AuthorId, "author_id"),
            envelope.EntityVersion));
}
