namespace DaprSocial.Verify;

/// <summary>One row that is not what the command stores say it must be.</summary>
/// <param name="Projection">Whose projection, by app id.</param>
/// <param name="Table">What was compared, for example <c>posts.post_view</c>.</param>
/// <param name="Key">Key of the row, or whose listing it is.</param>
/// <param name="Columns">Those that differ; none when the row is missing or extra.</param>
/// <param name="Expected">The row as JSON; null when there should be none.</param>
/// <param name="Actual">The row as JSON; null when there is none.</param>
/// <param name="Cause">Why, as far as checkpoints and the log tell.</param>
public sealed record VerifyDifference(
    string Projection,
    string Table,
    string Key,
    IReadOnlyList<string> Columns,
    string? Expected,
    string? Actual,
    string Cause);
