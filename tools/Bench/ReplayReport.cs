using System.Globalization;

namespace DaprSocial.Bench;

/// <summary>The result of <see cref="ReplayBench"/>.</summary>
/// <param name="AppId">Whose log was read.</param>
/// <param name="EventCount">Events in it.</param>
public sealed record ReplayReport(
    string AppId, long EventCount, int RoundCount, BenchEnvironment Environment, IReadOnlyList<ReplayFigures> Figures)
{
    /// <summary>One JSON document.</summary>
    public string ToJson() => BenchJson.Write(this);

    /// <summary>The report as a person reads it.</summary>
    public void WriteText(TextWriter output)
    {
        var invariant = CultureInfo.InvariantCulture;
        output.WriteLine();
        output.WriteLine(string.Create(
            invariant,
            $"The whole log of {AppId}, {EventCount:N0} events, {RoundCount} rounds in turn; ")
            + "medians (least–greatest)");
        Environment.WriteText(output);
        output.WriteLine();
        foreach (var figures in Figures)
        {
            var rate = figures.PerSecond;
            output.WriteLine(string.Create(
                invariant,
                $"{figures.Name,-37}{rate.Median:N0} events/s ({rate.Min:N0}–{rate.Max:N0}), "
                + $"{figures.MegabytesPerSecond:N1} MB/s"));
        }
    }
}
