using DaprSocial.Load.Input;

namespace DaprSocial.Load.Planning;

/// <summary>All that a run sends, in three stages; a pure function of graph, texts, seed and post count.</summary>
/// <param name="Graph">Who the users are and whom they follow at first.</param>
/// <param name="RunKey">Stands for seed, post count and texts; part of the request ids of the third stage.</param>
/// <param name="Users">One for each node of the graph.</param>
/// <param name="UserActions">Stage 1.</param>
/// <param name="FollowActions">Stage 2.</param>
/// <param name="ActivityActions">Stage 3: posts, likes, unlikes, unfollows and deletes.</param>
internal sealed record DemoPlan(
    SocialGraph Graph,
    string RunKey,
    IReadOnlyList<DemoUser> Users,
    IReadOnlyList<DemoAction> UserActions,
    IReadOnlyList<DemoAction> FollowActions,
    IReadOnlyList<DemoAction> ActivityActions)
{
    public int ActionCount => UserActions.Count + FollowActions.Count + ActivityActions.Count;

    public IEnumerable<DemoAction> Actions => UserActions.Concat(FollowActions).Concat(ActivityActions);
}
