using System.Diagnostics;

namespace DaprSocial.Bench;

/// <summary>One round of one variant: all writers at once, for a time.</summary>
/// <param name="Tokens">Of each writer the token of its last write.</param>
/// <param name="Latencies">Of every write, in milliseconds.</param>
internal sealed record WriteRound(
    TimeSpan Elapsed, IReadOnlyList<string> Tokens, IReadOnlyList<double> Latencies)
{
    public int Count => Latencies.Count;

    public static async Task<WriteRound> RunAsync(
        WriteVariant variant, int writerCount, TimeSpan duration, CancellationToken cancellationToken)
    {
        var start = Stopwatch.GetTimestamp();
        var writers = await Task.WhenAll(Enumerable.Range(0, writerCount)
            .Select(writer => WriteAsync(variant, writer, start, duration, cancellationToken)));
        return new WriteRound(
            Stopwatch.GetElapsedTime(start),
            [.. writers.Select(writer => writer.Token)],
            [.. writers.SelectMany(writer => writer.Latencies)]);
    }

    private static async Task<(string Token, List<double> Latencies)> WriteAsync(
        WriteVariant variant, int writer, long start, TimeSpan duration, CancellationToken cancellationToken)
    {
        var random = new Random(writer);
        var latencies = new List<double>(1024);
        var token = "";
        while (Stopwatch.GetElapsedTime(start) < duration)
        {
            var text = BenchText.Next(random);
            var sent = Stopwatch.GetTimestamp();
            token = await variant.WriteAsync(writer, text, cancellationToken);
            latencies.Add(Stopwatch.GetElapsedTime(sent).TotalMilliseconds);
        }

        return (token, latencies);
    }
}
