namespace DaprSocial.Verify;

/// <summary>What came of one comparison.</summary>
/// <param name="Projection">Whose projection, by app id.</param>
/// <param name="Table">For example <c>posts.post_view</c>.</param>
/// <param name="Compared">Rows that there should be, of those looked at.</param>
/// <param name="DifferenceCount">All rows that differ, those too that are not listed.</param>
/// <param name="MovingCount">Rows that changed all the time, so that they could not be compared.</param>
public sealed record TableReport(
    string Projection, string Table, long Compared, long DifferenceCount, int MovingCount);
