namespace DaprSocial.Load.Planning;

/// <summary>What the planner remembers of a post while it plans on.</summary>
internal sealed class PlannedPost(int action, int author, bool followersOnly)
{
    public int Action => action;

    public int Author => author;

    public bool FollowersOnly => followersOnly;

    public bool Deleted { get; set; }

    /// <summary>Whoever likes it or once did; nobody likes a post a second time.</summary>
    public HashSet<int> Likers { get; } = [];

    /// <summary>Actions that need the post to be there; its deletion waits for them.</summary>
    public List<int> Uses { get; } = [];
}
