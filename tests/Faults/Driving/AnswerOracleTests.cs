using DaprSocial.Faults.Driving;
using DaprSocial.Graph.V1;
using DaprSocial.Posts.V1;
using DaprSocial.Timelines.V1;
using DaprSocial.Users.V1;

namespace DaprSocial.Faults.Tests.Driving;

/// <summary>Each oracle takes the right answer and no fabricated wrong one.</summary>
public sealed class AnswerOracleTests
{
    private const string Post = "01890000-0000-7000-8000-000000000001";
    private const string OtherPost = "01890000-0000-7000-8000-000000000002";

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Following_OtherStateOrNone_IsWrong(bool following)
    {
        Assert.Empty(AnswerOracle.Following(Relation(following, followedBy: false), following));
        Assert.NotEmpty(AnswerOracle.Following(Relation(!following, followedBy: false), following));
        Assert.NotEmpty(AnswerOracle.Following(new(), following));
    }

    [Fact]
    public void Relationship_OneSideWrongOrNone_IsWrong()
    {
        Assert.Empty(AnswerOracle.Relationship(Relation(true, false), (true, false)));
        Assert.NotEmpty(AnswerOracle.Relationship(Relation(true, true), (true, false)));
        Assert.NotEmpty(AnswerOracle.Relationship(Relation(false, false), (true, false)));
        Assert.NotEmpty(AnswerOracle.Relationship(new(), (true, false)));
    }

    [Fact]
    public void Relationship_Blocked_IsApartAndNothingElse()
    {
        Assert.Empty(AnswerOracle.Blocked(Relation(false, false, blocked: true)));
        Assert.NotEmpty(AnswerOracle.Blocked(Relation(true, false, blocked: true)));
        Assert.NotEmpty(AnswerOracle.Blocked(Relation(false, true, blocked: true)));
        Assert.NotEmpty(AnswerOracle.Blocked(Relation(false, false)));
        Assert.NotEmpty(AnswerOracle.Relationship(Relation(true, false, blocked: true), (true, false)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Liked_OtherState_IsWrong(bool liked)
    {
        Assert.Empty(AnswerOracle.Liked(Viewed(liked), liked));
        Assert.NotEmpty(AnswerOracle.Liked(Viewed(!liked), liked));
    }

    [Fact]
    public void Name_OlderOne_IsWrong()
    {
        var answer = new GetUserResponse { User = new User { DisplayName = "name 1" } };

        Assert.Empty(AnswerOracle.Name(answer, "name 1"));
        Assert.NotEmpty(AnswerOracle.Name(answer, "name 2"));
    }

    [Fact]
    public void Seen_PostMissing_IsWrongUnlessTheAnswerSaysSo()
    {
        Assert.Empty(AnswerOracle.Seen(Timeline(complete: true, Post, OtherPost), Post));
        Assert.Empty(AnswerOracle.Seen(Timeline(complete: false, OtherPost), Post));
        Assert.NotEmpty(AnswerOracle.Seen(Timeline(complete: true, OtherPost), Post));
    }

    [Fact]
    public void Unseen_PostThere_IsWrongHoweverTheAnswerCallsItself()
    {
        Assert.Empty(AnswerOracle.Unseen(Timeline(complete: true, OtherPost), Post));
        Assert.Empty(AnswerOracle.Unseen((ListAuthorTimelineResponse?)null, Post));
        Assert.NotEmpty(AnswerOracle.Unseen(Timeline(complete: false, OtherPost, Post), Post));
    }

    [Fact]
    public void Home_PostMissingOrThere_IsJudgedAsTheAuthorsTimeline()
    {
        var with = new ListHomeTimelineResponse { Complete = true, Entries = { new TimelineEntry { PostId = Post } } };

        Assert.Empty(AnswerOracle.Seen(with, Post));
        Assert.NotEmpty(AnswerOracle.Seen(with, OtherPost));
        Assert.NotEmpty(AnswerOracle.Unseen(with, Post));
        Assert.Empty(AnswerOracle.Unseen(with, OtherPost));
    }

    [Fact]
    public void Unseen_PostFoundById_IsWrong()
    {
        Assert.Empty(AnswerOracle.Unseen(null));
        Assert.NotEmpty(AnswerOracle.Unseen(Viewed(liked: false)));
    }

    private static BatchGetRelationshipsResponse Relation(bool following, bool followedBy, bool blocked = false)
    {
        var one = new Relationship { Following = following, FollowedBy = followedBy, Blocked = blocked };
        return new BatchGetRelationshipsResponse { Relationships = { one } };
    }

    private static GetPostResponse Viewed(bool liked) => new() { View = new PostView { ViewerLiked = liked } };

    private static ListAuthorTimelineResponse Timeline(bool complete, params string[] posts) => new()
    {
        Complete = complete,
        Entries = { posts.Select(post => new TimelineEntry { PostId = post }) },
    };
}
