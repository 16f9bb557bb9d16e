namespace DaprSocial.Graph.Queries;

/// <summary>How one user stands to another.</summary>
/// <param name="IsFollowing">The user follows the other.</param>
/// <param name="IsFollowedBy">The other follows the user.</param>
/// <param name="IsBlocked">Either blocks the other.</param>
internal sealed record RelationState(bool IsFollowing, bool IsFollowedBy, bool IsBlocked);
