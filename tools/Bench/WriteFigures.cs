namespace DaprSocial.Bench;

/// <summary>What was measured of one way to write.</summary>
/// <param name="PerSecond">Writes acknowledged per second.</param>
/// <param name="Ratio">To the peer's median, of the medians.</param>
/// <param name="CpuMicroseconds">
/// CPU per write of this process, the mesh and PostgreSQL, sequencing, publishing and applying the event everywhere
/// included.
/// </param>
/// <param name="PostgresCpuMicroseconds">PostgreSQL's part of it.</param>
/// <param name="AnswerCpuMicroseconds">The part of it that was spent before the last answer.</param>
/// <param name="LatencyP50Ms">Half of the writes were answered in this time, all rounds together.</param>
/// <param name="LatencyP99Ms">99 of 100 were.</param>
/// <param name="Count">Writes measured.</param>
public sealed record WriteFigures(
    string Name,
    Spread PerSecond,
    double Ratio,
    Spread CpuMicroseconds,
    double PostgresCpuMicroseconds,
    double AnswerCpuMicroseconds,
    double LatencyP50Ms,
    double LatencyP99Ms,
    int Count)
{
    internal static IReadOnlyList<WriteFigures> Of(
        IReadOnlyDictionary<string, List<WriteTurn>> turns, string peer)
    {
        var peerPerSecond = RatesOf(turns[peer]).Median;
        return [.. turns.Select(variant => Of(variant.Key, variant.Value, peerPerSecond))];
    }

    private static Spread RatesOf(IEnumerable<WriteTurn> turns) =>
        Spread.Of([.. turns.Select(turn => turn.Round.Count / turn.Round.Elapsed.TotalSeconds)]);

    private static WriteFigures Of(string name, List<WriteTurn> turns, double peerPerSecond)
    {
        var perSecond = RatesOf(turns);
        var latencies = turns.SelectMany(turn => turn.Round.Latencies).Order().ToArray();
        return new WriteFigures(
            name,
            perSecond,
            perSecond.Median / peerPerSecond,
            PerWrite(turn => turn.Applied.Programs + turn.Applied.Postgres),
            PerWrite(turn => turn.Applied.Postgres).Median,
            PerWrite(turn => turn.Written.Programs + turn.Written.Postgres).Median,
            latencies[latencies.Length / 2],
            latencies[(int)(latencies.Length * 0.99)],
            latencies.Length);

        Spread PerWrite(Func<WriteTurn, double> cpu) =>
            Spread.Of([.. turns.Select(turn => cpu(turn) / turn.Round.Count)]);
    }
}
