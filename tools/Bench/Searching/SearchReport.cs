using System.Globalization;

namespace DaprSocial.Bench.Searching;

/// <summary>The result of <see cref="SearchBench"/>.</summary>
/// <param name="PostCount">Posts in the index.</param>
/// <param name="TextCount">Different texts that they were made of.</param>
/// <param name="QueryCount">Queries of each kind, after one round that warms up.</param>
/// <param name="IndexPerSecond">Posts a second put into the index, by one writer.</param>
/// <param name="PlainPerSecond">The same into the plain table.</param>
public sealed record SearchReport(
    int PostCount, int TextCount, int QueryCount, BenchEnvironment Environment, double IndexPerSecond,
    double PlainPerSecond, IReadOnlyList<SearchFigures> Figures)
{
    /// <summary>One JSON document.</summary>
    public string ToJson() => BenchJson.Write(this);

    /// <summary>The report as a person reads it.</summary>
    public void WriteText(TextWriter output)
    {
        output.WriteLine();
        output.WriteLine(Line(
            $"First pages of 20 of {PostCount:N0} posts ({TextCount:N0} texts, the rest varied); ")
            + $"{QueryCount} queries a kind, one at a time");
        Environment.WriteText(output);
        output.WriteLine();
        output.WriteLine(Line(
            $"indexing, one writer: {IndexPerSecond:N0} posts/s; plain tsvector: {PlainPerSecond:N0} posts/s"));
        output.WriteLine();
        output.WriteLine($"{"",-28}{"index p50",10}{"p99",10}{"found",8}{"plain p50",14}{"p99",10}{"found",8}");
        foreach (var figures in Figures)
        {
            var plain = figures.Plain is { } other ? Columns(other, 14) : $"{"–",14}";
            output.WriteLine($"{figures.Kind,-28}{Columns(figures.Index, 10)}{plain}");
        }

        output.WriteLine();
        output.WriteLine("ms; found = posts on the page on average. Plain: words as written, no stems, accents,");
        output.WriteLine("corrections, visibility or limits, and nothing for scripts without spaces.");
    }

    private static string Columns(Latencies latencies, int width) => Line($"{latencies.P50Ms:N2}").PadLeft(width)
        + Line($"{latencies.P99Ms:N2}").PadLeft(10) + Line($"{latencies.FoundMean:N1}").PadLeft(8);

    private static string Line(FormattableString line) => line.ToString(CultureInfo.InvariantCulture);
}
