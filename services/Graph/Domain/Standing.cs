namespace DaprSocial.Graph.Domain;

/// <summary>What decides whether one user may follow or block another.</summary>
/// <param name="IsKnown">False when there is no such other user.</param>
/// <param name="IsBlocked">True when either blocks the other.</param>
/// <param name="FollowCount">How many the user follows.</param>
/// <param name="BlockCount">How many the user blocks.</param>
internal sealed record Standing(bool IsKnown, bool IsBlocked, long FollowCount, long BlockCount);
