using DaprSocial.Verify;

namespace DaprSocial.Ctl.Verification;

/// <summary>What the last verification of a running mesh found.</summary>
/// <param name="Time">When it ended.</param>
/// <param name="DifferenceCount">Of the sample; null when it could not be done.</param>
/// <param name="Failure">Why it could not be done; null when it was.</param>
internal sealed record VerifyState(
    DateTimeOffset Time,
    double ElapsedSeconds,
    long? DifferenceCount,
    IReadOnlyDictionary<string, long> DifferencesByProjection,
    string? Failure)
{
    public static VerifyState Of(VerifyReport report) => new(
        report.EndTime, report.Elapsed.TotalSeconds, report.DifferenceCount, report.ByProjection(), Failure: null);

    public static VerifyState Failed(DateTimeOffset time, string failure) =>
        new(time, 0, DifferenceCount: null, new Dictionary<string, long>(), failure);
}
