namespace DaprSocial.Bench.Searching;

/// <summary>How long calls took, in milliseconds, and how many posts they found on average.</summary>
public sealed record Latencies(double P50Ms, double P99Ms, double FoundMean)
{
    internal static Latencies Of(IReadOnlyCollection<(double Ms, int Found)> calls)
    {
        ArgumentOutOfRangeException.ThrowIfZero(calls.Count);
        var sorted = calls.Select(call => call.Ms).Order().ToArray();
        return new Latencies(At(0.50), At(0.99), calls.Average(call => call.Found));

        // The smallest value that this part of the calls does not exceed.
        double At(double part) => sorted[Math.Max(0, (int)Math.Ceiling(part * sorted.Length) - 1)];
    }
}
