using DaprSocial.Identifiers;
using DaprSocial.Posts.Queries;
using DaprSocial.Posts.V1;
using Post = DaprSocial.Posts.Domain.Post;

namespace DaprSocial.Posts.Tests.Queries;

public sealed class OwnPostsTests
{
    private static readonly UserId _ann = new(Uuid.Create(1));
    private static readonly PostId _parent = new(Uuid.Create(2));
    private static readonly PostId _reply = new(Uuid.Create(3));

    [Fact]
    public void LayOver_UnprojectedReply_IsCounted()
    {
        var own = new OwnPosts([Reply()]);

        var found = own.LayOver([View(Parent(), 4)], [View(Reply(), 0)]);

        Assert.Equal((5L, 0L), (found[_parent].ReplyCount, found[_reply].ReplyCount));
    }

    [Fact]
    public void LayOver_ReplyProjectedMeanwhile_IsCountedOnce()
    {
        var own = new OwnPosts([Reply()]);

        Assert.Equal(4, own.LayOver([View(Parent(), 4), View(Reply(), 0)], [])[_parent].ReplyCount);
    }

    [Fact]
    public void LayOver_DeletedReply_IsHiddenAndNoLongerCounted()
    {
        var own = new OwnPosts([Reply().Delete()]);

        var found = own.LayOver([View(Parent(), 4), View(Reply(), 0)], []);

        Assert.Equal((3L, true), (found[_parent].ReplyCount, found[_reply].Post.IsDeleted));
    }

    [Fact]
    public void LayOver_ReplyWrittenAndDeletedUnseen_ChangesNoCount()
    {
        var own = new OwnPosts([Reply().Delete()]);

        var found = own.LayOver([View(Parent(), 4)], []);

        Assert.Equal((4L, true), (found[_parent].ReplyCount, found[_reply].Post.IsDeleted));
    }

    [Fact]
    public void LayOver_NewerStateIsProjected_Stays()
    {
        var own = new OwnPosts([Reply()]);

        Assert.True(own.LayOver([View(Reply().Delete(), 0)], [])[_reply].Post.IsDeleted);
    }

    [Fact]
    public void LayOver_CommandSideIsNewer_Stays()
    {
        var own = new OwnPosts([Reply()]);

        Assert.True(own.LayOver([], [View(Reply().Delete(), 0)])[_reply].Post.IsDeleted);
    }

    private static Post Parent() => New(_parent, null);

    private static Post Reply() => New(_reply, _parent);

    private static Post New(PostId id, PostId? parent) => new(
        id, _ann, "text", parent, parent is null ? null : _ann, parent, "", Visibility.Public, IsDeleted: false, 1);

    private static ViewedPost View(Post post, long replies) => new(post, "", 0, replies, false, false);
}
