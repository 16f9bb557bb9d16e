namespace DaprSocial.Projections;

/// <summary>An event that this service is behind on.</summary>
/// <param name="Key">Its stream.</param>
/// <param name="Version">Its version.</param>
/// <param name="Since">When it got its place in its log.</param>
/// <param name="IsParked">True when its stream is parked.</param>
internal sealed record UnappliedEvent(StreamKey Key, long Version, DateTimeOffset Since, bool IsParked);
