namespace DaprSocial.Load.Reporting;

/// <summary>The head of one home timeline, for the report.</summary>
public sealed record SampleTimeline(string Name, string Handle, IReadOnlyList<SampleEntry> Entries);
