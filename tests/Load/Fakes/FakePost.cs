using DaprSocial.Posts.V1;

namespace DaprSocial.Load.Tests.Fakes;

internal sealed class FakePost(Post post)
{
    public Post Post => post;

    public Guid Id { get; } = Guid.Parse(post.Id);

    public Guid AuthorId { get; } = Guid.Parse(post.AuthorId);

    public Guid? ReplyTo { get; } = post.ReplyTo.Length == 0 ? null : Guid.Parse(post.ReplyTo);

    public bool FollowersOnly => post.Visibility == Visibility.Followers;

    public bool Deleted { get; set; }
}
