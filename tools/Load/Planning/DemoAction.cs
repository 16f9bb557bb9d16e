namespace DaprSocial.Load.Planning;

/// <summary>One command of a plan. It names posts by the action that writes them, since ids exist only later.</summary>
internal sealed record DemoAction
{
    /// <summary>Place in the plan, from 0.</summary>
    public required int Index { get; init; }

    public required ActionKind Kind { get; init; }

    /// <summary>Index of the user who acts; for CreateUser the user who is created.</summary>
    public required int Actor { get; init; }

    /// <summary>The idempotency key, the same in every run of the same plan.</summary>
    public required string RequestId { get; init; }

    /// <summary>Follow and Unfollow: index of the other user. Likes and deletes: index of the post's action.</summary>
    public int Target { get; init; } = -1;

    /// <summary>CreatePost only.</summary>
    public PostDraft? Draft { get; init; }

    /// <summary>Indexes of actions that must be answered before this one is sent; all smaller than its own.</summary>
    public IReadOnlyList<int> DependsOn { get; init; } = [];

    /// <summary>True when it touches a post that only followers may see.</summary>
    public bool TouchesFollowersOnly { get; init; }
}
