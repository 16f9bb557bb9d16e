using DaprSocial.Graph.V1;

namespace DaprSocial.Graph.Domain;

/// <summary>Whether one user follows another: a directed edge, follower first.</summary>
internal sealed record FollowEdge(
    UserId FollowerId, UserId FolloweeId, bool IsFollowing, Guid FollowId, long EntityVersion)
{
    /// <summary>The most accounts that one user may follow; it bounds the composing of a home timeline.</summary>
    public const int FollowsMax = 5000;

    /// <summary>The edge's id in events.</summary>
    public string EntityId => $"{FollowerId}:{FolloweeId}";

    /// <summary>The event of an edge that ended.</summary>
    public Unfollowed ToUnfollowed() => new()
    {
        FollowerId = FollowerId.ToString(), FolloweeId = FolloweeId.ToString(),
    };

    /// <summary>An edge that never was.</summary>
    public static FollowEdge None(UserId follower, UserId followee) =>
        new(follower, followee, IsFollowing: false, Guid.Empty, EntityVersion: 0);

    /// <summary>The edge after the follower's decision.</summary>
    /// <param name="isFollowing">The decision.</param>
    /// <param name="followId">Id of the new following; the old one's stays when it ends.</param>
    public FollowEdge Set(bool isFollowing, Guid followId) =>
        this with { IsFollowing = isFollowing, FollowId = followId, EntityVersion = EntityVersion + 1 };
}
