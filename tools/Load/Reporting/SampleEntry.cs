namespace DaprSocial.Load.Reporting;

/// <summary>A post as a service showed it, for the report.</summary>
public sealed record SampleEntry(
    string PostId, string Name, string Handle, string Text, bool Reply, long LikeCount, long ReplyCount);
