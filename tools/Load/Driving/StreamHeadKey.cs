namespace DaprSocial.Load.Driving;

/// <summary>Names one stream of one event log.</summary>
internal readonly record struct StreamHeadKey(Guid LogId, string Topic, Guid Stream);
