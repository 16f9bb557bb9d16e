namespace DaprSocial.Load.Checking;

internal readonly record struct StoredFollow(Guid FollowerId, Guid FolloweeId);
