using System.Globalization;
using DaprSocial.Load.Generation;
using DaprSocial.Load.Input;

namespace DaprSocial.Load.Planning;

/// <summary>Plans a run. Pure: the same inputs give the same plan.</summary>
internal static class DemoPlanner
{
    public static DemoPlan Plan(SocialGraph graph, PostTextSource texts, long seed, int postCount)
    {
        var runKey = RequestIds.RunKeyOf(seed, postCount, texts.Key);
        var edges = new FollowEdges(graph);
        var users = Enumerable.Range(0, graph.UserCount).Select(index => PlanUser(graph, index)).ToArray();
        var follows = edges.All.Select((edge, number) => PlanFollow(graph, number, edge.Follower, edge.Followee));
        var random = new SeededRandom("activity", graph.Key, seed.ToString(CultureInfo.InvariantCulture), runKey);
        var activity = new ActivityPlanner(graph, edges, texts.Texts, runKey, random);
        return new DemoPlan(
            graph,
            runKey,
            [.. users.Select((_, index) => new DemoUser(
                People.HandleOf(graph.Key, index), People.DisplayNameOf(graph.Key, index)))],
            users,
            [.. follows],
            activity.Plan(postCount));
    }

    private static DemoAction PlanUser(SocialGraph graph, int index) => new()
    {
        Index = index,
        Kind = ActionKind.CreateUser,
        Actor = index,
        RequestId = RequestIds.OfUser(graph.Key, index),
    };

    private static DemoAction PlanFollow(SocialGraph graph, int number, int follower, int followee) => new()
    {
        Index = graph.UserCount + number,
        Kind = ActionKind.Follow,
        Actor = follower,
        Target = followee,
        RequestId = RequestIds.OfFollow(graph.Key, follower, followee),
        DependsOn = [follower, followee],
    };
}
