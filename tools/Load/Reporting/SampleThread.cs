namespace DaprSocial.Load.Reporting;

/// <summary>A post and the newest replies to it, for the report.</summary>
public sealed record SampleThread(SampleEntry Post, IReadOnlyList<SampleEntry> Replies);
