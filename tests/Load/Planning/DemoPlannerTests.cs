using DaprSocial.Load.Generation;
using DaprSocial.Load.Input;
using DaprSocial.Load.Planning;

namespace DaprSocial.Load.Tests.Planning;

public sealed class DemoPlannerTests
{
    private static readonly SocialGraph Graph = PowerLawGraph.Generate("x", 100);
    private static readonly PostTextSource Texts = TextGenerator.Generate("x", 300);
    private static readonly DemoPlan OnePlan = DemoPlanner.Plan(Graph, Texts, seed: 1, postCount: 2_000);

    [Fact]
    public void Plan_SameInputs_IsTheSame()
    {
        var again = DemoPlanner.Plan(Graph, Texts, seed: 1, postCount: 2_000);

        Assert.Equal(OnePlan.Actions.Select(Describe), again.Actions.Select(Describe));
    }

    [Fact]
    public void Plan_AnotherSeed_HasTheSamePeopleAndFollowsAndOtherActivity()
    {
        var other = DemoPlanner.Plan(Graph, Texts, seed: 2, postCount: 2_000);

        Assert.Equal(OnePlan.Users, other.Users);
        Assert.Equal(OnePlan.UserActions.Select(Describe), other.UserActions.Select(Describe));
        Assert.Equal(OnePlan.FollowActions.Select(Describe), other.FollowActions.Select(Describe));
        Assert.Empty(OnePlan.ActivityActions.Select(action => action.RequestId)
            .Intersect(other.ActivityActions.Select(action => action.RequestId)));
    }

    [Fact]
    public void Plan_OtherTextsOrPostCount_UsesOtherRequestIds()
    {
        var otherCount = DemoPlanner.Plan(Graph, Texts, seed: 1, postCount: 1_999);
        var otherTexts = DemoPlanner.Plan(Graph, TextGenerator.Generate("y", 300), seed: 1, postCount: 2_000);

        Assert.Equal(3, new[] { OnePlan.RunKey, otherCount.RunKey, otherTexts.RunKey }.Distinct().Count());
    }

    [Fact]
    public void Plan_RequestIds_AreUniqueAndShort()
    {
        var ids = OnePlan.Actions.Select(action => action.RequestId).ToArray();

        Assert.Equal(ids.Length, ids.Distinct().Count());
        Assert.All(ids, id => Assert.InRange(id.Length, 1, 64));
        Assert.All(ids, id => Assert.StartsWith(RequestIds.PrefixOf(Graph.Key), id, StringComparison.Ordinal));
    }

    [Fact]
    public void Plan_Indexes_AreThePlacesAndDependenciesPrecede()
    {
        foreach (var (place, action) in OnePlan.Actions.Index())
        {
            Assert.Equal(place, action.Index);
            Assert.All(action.DependsOn, dependency => Assert.InRange(dependency, 0, place - 1));
        }
    }

    [Fact]
    public void Plan_EveryUseOfAPost_DependsOnIt()
    {
        var actions = OnePlan.Actions.ToArray();
        foreach (var action in OnePlan.ActivityActions)
        {
            if (action.Kind is ActionKind.LikePost or ActionKind.UnlikePost or ActionKind.DeletePost)
            {
                Assert.Equal(ActionKind.CreatePost, actions[action.Target].Kind);
                Assert.Contains(action.Target, action.DependsOn);
            }

            if (action.Draft?.ParentAction is { } parent)
            {
                Assert.Equal(ActionKind.CreatePost, actions[parent].Kind);
                Assert.Contains(parent, action.DependsOn);
            }
        }
    }

    [Fact]
    public void Plan_Delete_ComesAfterEveryUseAndDependsOnAll()
    {
        var deletes = OnePlan.ActivityActions.Where(action => action.Kind == ActionKind.DeletePost).ToArray();

        Assert.Equal(deletes.Length, deletes.Select(action => action.Target).Distinct().Count());
        foreach (var delete in deletes)
        {
            var uses = OnePlan.ActivityActions.Where(action => action.Index != delete.Index
                && (action.Draft?.ParentAction == delete.Target
                    || (IsLike(action) && action.Target == delete.Target)));
            Assert.All(uses, use => Assert.Contains(use.Index, delete.DependsOn));
        }
    }

    [Fact]
    public void Plan_UseOfAFollowersOnlyPost_NeedsAFollowThatNoSeedEnds()
    {
        var edges = new FollowEdges(Graph);
        var actions = OnePlan.Actions.ToArray();
        var uses = OnePlan.ActivityActions
            .Where(action => action.Kind is ActionKind.LikePost or ActionKind.UnlikePost)
            .Select(action => (action.Actor, Post: actions[action.Target]))
            .Concat(OnePlan.ActivityActions
                .Where(action => action.Draft?.ParentAction is not null)
                .Select(action => (action.Actor, Post: actions[action.Draft!.ParentAction!.Value])))
            .Where(use => use.Post.Draft!.FollowersOnly && use.Actor != use.Post.Actor)
            .ToArray();

        Assert.NotEmpty(uses);
        Assert.All(uses, use => Assert.True(edges.IsFirm(use.Actor, use.Post.Actor)));
        Assert.All(
            OnePlan.ActivityActions.Where(action => action.Kind == ActionKind.Unfollow),
            action => Assert.False(edges.IsFirm(action.Actor, action.Target)));
    }

    [Fact]
    public void Plan_Shares_AreAsIntended()
    {
        var posts = OnePlan.ActivityActions.Where(action => action.Kind == ActionKind.CreatePost).ToArray();
        var perAuthor = posts.CountBy(post => post.Actor).Select(author => author.Value).OrderDescending().ToArray();

        Assert.Equal(2_000, posts.Length);
        Assert.InRange(posts.Count(post => post.Draft!.ParentAction is not null), 140, 260);
        Assert.InRange(posts.Count(post => post.Draft!.FollowersOnly), 60, 140);
        Assert.InRange(Count(ActionKind.DeletePost), 30, 90);
        Assert.InRange(Count(ActionKind.LikePost), 4_500, 6_500);
        Assert.InRange(Count(ActionKind.UnlikePost), 150, 450);
        Assert.Equal((OnePlan.FollowActions.Count + 99) / 100, Count(ActionKind.Unfollow));
        Assert.True(perAuthor[0] > 10 * perAuthor[perAuthor.Length / 2]);
    }

    [Fact]
    public void Plan_Likes_AreOncePerUserAndPost()
    {
        var likes = OnePlan.ActivityActions.Where(action => action.Kind == ActionKind.LikePost).ToArray();

        Assert.Equal(likes.Length, likes.Select(like => (like.Actor, like.Target)).Distinct().Count());
    }

    [Fact]
    public void Plan_NoPosts_HasOnlyPeopleAndFollows()
    {
        var plan = DemoPlanner.Plan(Graph, Texts, seed: 1, postCount: 0);

        Assert.Empty(plan.ActivityActions);
        Assert.Equal(Graph.FollowCount, plan.FollowActions.Count);
    }

    private static bool IsLike(DemoAction action) => action.Kind is ActionKind.LikePost or ActionKind.UnlikePost;

    private static int Count(ActionKind kind) => OnePlan.ActivityActions.Count(action => action.Kind == kind);

    private static string Describe(DemoAction action) =>
        $"{action with { DependsOn = [] }} {string.Join(',', action.DependsOn)}";
}
