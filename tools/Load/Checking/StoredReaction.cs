namespace DaprSocial.Load.Checking;

internal readonly record struct StoredReaction(Guid PostId, Guid UserId);
