namespace DaprSocial.Projections;

/// <summary>A stream: one actor's events in one topic.</summary>
/// <param name="Topic">Topic name.</param>
/// <param name="Stream">The actor's user id.</param>
public readonly record struct StreamKey(string Topic, Guid Stream);
