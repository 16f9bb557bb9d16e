namespace DaprSocial.Bench.Grpc;

/// <summary>The result of <see cref="GrpcBench"/>.</summary>
/// <param name="Shape">How the load is put on.</param>
/// <param name="IsPinned">Whether server and load had a processor each.</param>
/// <param name="Loads">Figures by kind of call, those of the ceiling first.</param>
/// <param name="Missing">Servers that could not be measured, and why.</param>
public sealed record GrpcReport(
    int CoreCount, int RoundCount, string Shape, bool IsPinned,
    IReadOnlyDictionary<string, IReadOnlyList<GrpcFigures>> Loads, IReadOnlyList<string> Missing)
{
    /// <summary>One JSON document.</summary>
    public string ToJson() => BenchJson.Write(this);

    /// <summary>The report as a person reads it.</summary>
    public void WriteText(TextWriter output)
    {
        output.WriteLine();
        output.WriteLine($"{Shape}; {RoundCount} rounds in turn, after a warm-up; medians (least–greatest)");
        output.WriteLine($"{CoreCount} cores{(IsPinned ? ", one for the server, one for the load" : "")}; no TLS");
        foreach (var (load, figures) in Loads)
        {
            output.WriteLine();
            output.WriteLine($"{load,-37}{"calls/s",-26}{"to ceiling",-22}CPU ms/1,000 calls");
            foreach (var row in figures)
                output.WriteLine(Line(row));
        }

        output.WriteLine();
        foreach (var missing in Missing)
            output.WriteLine($"not measured: {missing}");
    }

    private static string Line(GrpcFigures row) =>
        $"  {row.Peer,-35}{row.PerSecond.ToText("N0"),-26}{row.ToCeiling.ToText("P0"),-22}"
        + row.CpuMsPerThousand.ToText("N1");
}
