namespace DaprSocial.Search.Domain;

/// <summary>Whether one user follows another: whose posts for followers a search may come upon.</summary>
internal sealed record FollowState(UserId FollowerId, UserId FolloweeId, bool IsFollowing, long EntityVersion);
