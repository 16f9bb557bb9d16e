using DaprSocial.Hosting;
using DaprSocial.Posts.Api;
using DaprSocial.Posts.Storage;
using DaprSocial.Posts.V1;
using DaprSocial.Projections;
using Post = DaprSocial.Posts.Domain.Post;

namespace DaprSocial.Posts.Consumers;

/// <summary>Keeps post views. Idempotent: the view with the greater entity version stays.</summary>
internal static class PostConsumer
{
    public static void Apply(PostCreated created, EventEnvelope envelope, PostsBatch batch)
    {
        var post = created.Post;
        batch.Put(
            new Post(
                RequestFields.Id<V1.Post>(post.Id, "post.id"),
                RequestFields.Id<Users.V1.User>(post.AuthorId, "post.author_id"), post.Text,
                RequestFields.OptionalId<V1.Post>(post.ReplyTo, "post.reply_to"),
                RequestFields.OptionalId<Users.V1.User>(post.ParentAuthorId, "post.parent_author_id"),
                RequestFields.OptionalId<V1.Post>(post.RootId, "post.root_id"), post.Language, post.Visibility,
                IsDeleted: false, envelope.EntityVersion)
            {
                Media = PostMapping.ToAttachments(post.Media),
            },
            envelope.After);
    }

    public static void Apply(PostDeleted deleted, EventEnvelope envelope, PostsBatch batch) =>
        batch.Put(
            new Post(
                RequestFields.Id<V1.Post>(deleted.PostId, "post_id"),
                RequestFields.Id<Users.V1.User>(deleted.AuthorId, "author_id"), "",
                RequestFields.OptionalId<V1.Post>(deleted.ReplyTo, "reply_to"), null, null, "", Visibility.Public,
                IsDeleted: true, envelope.EntityVersion),
            envelope.After);
}
