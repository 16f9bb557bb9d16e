namespace DaprSocial.Load.Reporting;

/// <summary>How long after a post's acknowledgement another user could see it.</summary>
/// <param name="Samples">Posts that were watched; only new ones are.</param>
/// <param name="P50Ms">Half of them took at most this many milliseconds.</param>
/// <param name="P99Ms">99 in 100 took at most this many.</param>
public sealed record VisibilityFigures(int Samples, double P50Ms, double P99Ms)
{
    /// <summary>Null when nothing was watched.</summary>
    internal static VisibilityFigures? From(IReadOnlyList<TimeSpan> samples)
    {
        if (samples.Count == 0)
        {
            return null;
        }

        var sorted = samples.Select(sample => sample.TotalMilliseconds).Order().ToArray();
        return new(sorted.Length, NearestRank(sorted, 0.50), NearestRank(sorted, 0.99));
    }

    private static double NearestRank(double[] sorted, double share) =>
        Math.Round(sorted[(int)Math.Ceiling(share * sorted.Length) - 1], 1);
}
