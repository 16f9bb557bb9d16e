namespace DaprSocial.Consistency;

/// <summary>One stream up to one version: "every event of this actor in this topic up to here".</summary>
/// <param name="LogId">Identity of the event log that the version is of.</param>
/// <param name="Topic">Topic name.</param>
/// <param name="Stream">The actor's user id.</param>
/// <param name="Version">From 1.</param>
public readonly record struct StreamVersion(Guid LogId, string Topic, Guid Stream, long Version);
