namespace DaprSocial.Load.Driving;

/// <summary>How an action ended.</summary>
/// <param name="EntityId">The user or post that it made; empty for other actions.</param>
/// <param name="Changed">Whether the answer says that it changed something, now or when it was first sent.</param>
/// <param name="Sent">False when it was done so long ago that the service forgot the request id.</param>
/// <param name="WasLogged">True when an earlier run had done it.</param>
internal sealed record ActionOutcome(Guid EntityId, bool Changed, bool Sent, bool WasLogged);
