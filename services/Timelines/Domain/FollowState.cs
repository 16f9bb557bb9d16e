namespace DaprSocial.Timelines.Domain;

/// <summary>Whether one user follows another, as far as timelines need it.</summary>
internal sealed record FollowState(UserId FollowerId, UserId FolloweeId, bool IsFollowing, long EntityVersion);
