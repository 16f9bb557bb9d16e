namespace DaprSocial.Posts.Domain;

/// <summary>Whether one user blocks another, as the events of Graph tell it.</summary>
internal sealed record BlockState(UserId BlockerId, UserId BlockedId, bool IsBlocking, long EntityVersion);
