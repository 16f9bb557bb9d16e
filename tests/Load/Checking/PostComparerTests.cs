using DaprSocial.Load.Checking;
using DaprSocial.Posts.V1;

namespace DaprSocial.Load.Tests.Checking;

public sealed class PostComparerTests
{
    private static readonly SocialModel Model = new Society(3)
        .Write(1).Write(2, parent: 1, followersOnly: true).Write(3, parent: 2).Like(1, 2).Like(3, 2)
        .Model();

    [Fact]
    public void Compare_TheSame_FindsNothing()
    {
        Assert.Empty(Compare(RightView()));
    }

    public static TheoryData<string, DifferenceKind, Action<PostView>> Faults => new()
    {
        { "text", DifferenceKind.WrongContent, view => view.Post.Text = "text 2 " },
        { "author", DifferenceKind.WrongContent, view => view.Post.AuthorId = $"{Society.User(3)}" },
        { "id", DifferenceKind.WrongContent, view => view.Post.Id = $"{Society.Post(3)}" },
        { "reply to", DifferenceKind.WrongContent, view => view.Post.ReplyTo = "" },
        { "parent's author", DifferenceKind.WrongContent, view => view.Post.ParentAuthorId = "" },
        { "visibility", DifferenceKind.WrongContent, view => view.Post.Visibility = Visibility.Public },
        { "likes", DifferenceKind.WrongCount, view => view.LikeCount++ },
        { "replies", DifferenceKind.WrongCount, view => view.ReplyCount-- },
        { "own like", DifferenceKind.WrongContent, view => view.ViewerLiked = false },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public void Compare_OneFieldWrong_FindsIt(string field, DifferenceKind kind, Action<PostView> spoil)
    {
        var view = RightView();
        spoil(view);

        var found = Assert.Single(Compare(view));

        Assert.Equal(kind, found.Kind);
        Assert.StartsWith($"{field} ", found.Expected, StringComparison.Ordinal);
    }

    [Fact]
    public void Compare_NoPost_IsADifference()
    {
        Assert.Single(Compare(null));
        Assert.Single(Compare(new PostView()));
    }

    private static IReadOnlyList<Difference> Compare(PostView? view) => new PostComparer(Model).Compare(
        "home timeline", Society.User(1), Model.FindPost(Society.Post(2))!, view, "entry 1");

    private static PostView RightView() => new()
    {
        Post = new Post
        {
            Id = $"{Society.Post(2)}",
            AuthorId = $"{Society.User(2)}",
            Text = "text 2",
            ReplyTo = $"{Society.Post(1)}",
            ParentAuthorId = $"{Society.User(1)}",
            Visibility = Visibility.Followers,
        },
        LikeCount = 2,
        ReplyCount = 1,
        ViewerLiked = true,
    };
}
