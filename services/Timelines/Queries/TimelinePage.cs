using DaprSocial.Consistency.V1;
using DaprSocial.Timelines.V1;

namespace DaprSocial.Timelines.Queries;

/// <summary>A page as it is answered.</summary>
/// <param name="Entries">Newest first.</param>
/// <param name="NextPageToken">Empty at the end.</param>
/// <param name="IsComplete">False when Posts could not be asked about some entries.</param>
/// <param name="Behind">Of a service behind this one that lags, or did not cover the token; null for none.</param>
internal sealed record TimelinePage(
    IReadOnlyList<TimelineEntry> Entries, string NextPageToken, bool IsComplete, Freshness? Behind);
