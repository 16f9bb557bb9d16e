using DaprSocial.Load.Checking;

namespace DaprSocial.Load.Tests.Checking;

public sealed class SocialModelTests
{
    [Fact]
    public void HomeOf_OwnAndFollowed_AreThereNewestFirst()
    {
        var model = new Society(3).Follow(1, 2).Write(1).Write(2).Write(3).Write(2).Model();

        AssertPosts([4, 2, 1], model.HomeOf(Society.User(1)));
        AssertPosts([4, 2], model.HomeOf(Society.User(2)));
        AssertPosts([3], model.HomeOf(Society.User(3)));
    }

    [Fact]
    public void HomeOf_AfterUnfollow_HasNothingOfThem()
    {
        var before = new Society(2).Follow(1, 2).Write(2).Model();
        var after = new Society(2).Write(2).Model();

        AssertPosts([1], before.HomeOf(Society.User(1)));
        AssertPosts([], after.HomeOf(Society.User(1)));
    }

    [Fact]
    public void HomeOf_DeletedPost_IsNotThere()
    {
        var model = new Society(2).Follow(1, 2).Write(2).Write(2, deleted: true).Model();

        AssertPosts([1], model.HomeOf(Society.User(1)));
        AssertPosts([1], model.AuthorTimelineOf(Society.User(2), Society.User(2)));
    }

    [Fact]
    public void HomeOf_ReplyOfAFollowee_IsThereOnlyIfTheParentsAuthorIsKnown()
    {
        // 1 follows 2 and 3. 2 answers 3 (followed), 4 (a stranger), 1 (the reader) and itself.
        var model = new Society(4).Follow(1, 2).Follow(1, 3)
            .Write(3).Write(4).Write(1).Write(2)
            .Write(2, parent: 1).Write(2, parent: 2).Write(2, parent: 3).Write(2, parent: 4)
            .Model();

        AssertPosts([8, 7, 5, 4, 3, 1], model.HomeOf(Society.User(1)));
    }

    [Fact]
    public void HomeOf_OwnReplyToAStranger_IsNotThere()
    {
        var model = new Society(2).Write(2).Write(1, parent: 1).Model();

        AssertPosts([], model.HomeOf(Society.User(1)));
        AssertPosts([2], model.AuthorTimelineOf(Society.User(1), Society.User(2)));
    }

    [Fact]
    public void HomeOf_ReplyToADeletedPost_Stays()
    {
        var model = new Society(2).Follow(1, 2).Write(2, deleted: true).Write(2, parent: 1).Model();

        AssertPosts([2], model.HomeOf(Society.User(1)));
    }

    [Fact]
    public void CanSee_FollowersOnly_IsForAuthorAndFollowers()
    {
        var model = new Society(3).Follow(1, 2).Write(2, followersOnly: true).Write(2).Model();

        AssertPosts([2, 1], model.HomeOf(Society.User(1)));
        AssertPosts([2, 1], model.AuthorTimelineOf(Society.User(2), Society.User(1)));
        AssertPosts([2, 1], model.AuthorTimelineOf(Society.User(2), Society.User(2)));
        AssertPosts([2], model.AuthorTimelineOf(Society.User(2), Society.User(3)));
    }

    [Fact]
    public void CanSee_Blocked_IsForNeitherOfTheTwo()
    {
        var model = new Society(3).Block(1, 2).Write(1).Write(2, parent: 1).Write(3).Model();

        AssertPosts([], model.AuthorTimelineOf(Society.User(1), Society.User(2)));
        AssertPosts([], model.AuthorTimelineOf(Society.User(2), Society.User(1)));
        AssertPosts([], model.RepliesTo(Society.Post(1), Society.User(1)));
        AssertPosts([2], model.RepliesTo(Society.Post(1), Society.User(3)));
        AssertPosts([1], model.AuthorTimelineOf(Society.User(1), Society.User(3)));
        AssertPosts([3], model.AuthorTimelineOf(Society.User(3), Society.User(1)));
    }

    [Fact]
    public void Counts_LikesAndReplies_CountWhatStands()
    {
        var model = new Society(3)
            .Write(1).Write(2, parent: 1).Write(3, parent: 1, deleted: true).Write(3, parent: 2)
            .Write(3, parent: 1, followersOnly: true)
            .Like(2, 1).Like(3, 1)
            .Model();

        Assert.Equal(2, model.LikeCountOf(Society.Post(1)));
        Assert.Equal(2, model.ReplyCountOf(Society.Post(1)));
        Assert.True(model.Likes(Society.User(2), Society.Post(1)));
        Assert.False(model.Likes(Society.User(1), Society.Post(1)));
        AssertPosts([2], model.RepliesTo(Society.Post(1), Society.User(1)));
        AssertPosts([5, 2], model.RepliesTo(Society.Post(1), Society.User(3)));
    }

    [Fact]
    public void Relations_OneDirection_IsNotTheOther()
    {
        var model = new Society(3).Follow(1, 2).Follow(3, 2).Model();

        Assert.Equal([Society.User(1), Society.User(3)], model.FollowersOf(Society.User(2)).Order());
        Assert.Equal([Society.User(2)], model.FolloweesOf(Society.User(1)));
        Assert.Empty(model.FolloweesOf(Society.User(2)));
    }

    [Fact]
    public void Ids_ComparedAsValues_HaveTheOrderOfTheirTexts()
    {
        var ids = Enumerable.Range(0, 2_000)
            .Select(number => Guid.CreateVersion7(DateTimeOffset.UnixEpoch.AddDays(number % 40_000 * 37)))
            .ToArray();

        Assert.Equal(ids.OrderBy(id => $"{id}", StringComparer.Ordinal), ids.Order());
    }

    private static void AssertPosts(int[] expected, IReadOnlyList<StoredPost> actual) =>
        Assert.Equal(expected.Select(Society.Post), actual.Select(post => post.Id));
}
