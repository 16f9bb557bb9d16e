namespace DaprSocial.Verify.Comparing;

/// <param name="Compared">Rows that there should be.</param>
/// <param name="Total">All keys that differ; of many, <paramref name="Differences"/> holds only some.</param>
internal sealed record ComparisonResult(long Compared, long Total, IReadOnlyList<RowDifference> Differences);
