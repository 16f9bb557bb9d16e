namespace DaprSocial.Projections;

/// <summary>How a topic of a version of the projection stands in this process.</summary>
/// <param name="Version">Of the projection.</param>
/// <param name="Topic">Topic name.</param>
/// <param name="Lag">Age of the oldest event that is known to be unapplied, parked streams left out.</param>
/// <param name="ParkedStreamCount">Streams that stopped at an event that keeps failing, as far as known.</param>
/// <param name="HeldBackCount">Events that wait for one before them.</param>
internal sealed record ProjectionReading(
    int Version, string Topic, TimeSpan Lag, long ParkedStreamCount, long HeldBackCount);
