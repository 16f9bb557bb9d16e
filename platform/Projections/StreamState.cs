namespace DaprSocial.Projections;

/// <summary>Where a stream stands in this service.</summary>
internal sealed record StreamState(StreamKey Key, long Version, bool IsParked);
