using System.Globalization;

namespace DaprSocial.Bench;

/// <summary>The result of <see cref="WriteBench"/>.</summary>
/// <param name="IsInProcess">True when this process also ran the mesh.</param>
public sealed record WriteReport(
    int WriterCount,
    int PeerPoolSize,
    int RoundCount,
    bool IsInProcess,
    BenchEnvironment Environment,
    IReadOnlyList<WriteFigures> Figures)
{
    /// <summary>One JSON document.</summary>
    public string ToJson() => BenchJson.Write(this);

    /// <summary>The report as a person reads it.</summary>
    public void WriteText(TextWriter output)
    {
        output.WriteLine();
        output.WriteLine(
            $"{WriterCount} concurrent writers, {RoundCount} rounds in turn, after a warm-up; "
            + "medians (least–greatest)");
        Environment.WriteText(output);
        output.WriteLine();
        output.WriteLine(
            $"{"",-37}{"commands/s",-22}{"to peer",8}  {"CPU µs/command",-21}{"PostgreSQL",11}"
            + $"{"p50 ms",8}{"p99 ms",8}");
        foreach (var figures in Figures)
            output.WriteLine(Line(figures));
        output.WriteLine();
        output.WriteLine(
            $"CPU counts this process{(IsInProcess ? ", in which the mesh runs," : ", the mesh's")} "
            + "and all of PostgreSQL, until every service has applied the event;");
        output.WriteLine("until the answers alone it is "
            + string.Join(", ", Figures.Select(figures => Text($"{figures.AnswerCpuMicroseconds:N0} µs")))
            + $". The peer inserts the row of a post over {PeerPoolSize} connections, like the service.");
    }

    private static string Line(WriteFigures figures) => string.Create(
        CultureInfo.InvariantCulture,
        $"{figures.Name,-37}{figures.PerSecond.ToText("N0"),-22}{figures.Ratio,8:P0}  "
        + $"{figures.CpuMicroseconds.ToText("N0"),-21}{figures.PostgresCpuMicroseconds,11:N0}"
        + $"{figures.LatencyP50Ms,8:N1}{figures.LatencyP99Ms,8:N1}");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
