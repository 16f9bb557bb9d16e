using DaprSocial.Bench.Grpc;

namespace DaprSocial.Bench.Tests.Grpc;

public sealed class GrpcReportTests
{
    [Fact]
    public void WriteText_Figures_AreRowsWithSpreadAndRatioAndWhatIsMissing()
    {
        var report = new GrpcReport(
            2, 5, "h2load", IsPinned: true,
            new Dictionary<string, IReadOnlyList<GrpcFigures>>
            {
                ["unary"] =
                [
                    new("ceiling", new Spread(100_000, 90_000, 110_000), new Spread(1, 1, 1), new Spread(10, 9, 11)),
                    new("ours", new Spread(50_000, 40_000, 60_000), new Spread(0.5, 0.4, 0.6), new Spread(20, 19, 21)),
                ],
            },
            ["C++: no compiler."]);
        var output = new StringWriter { NewLine = "\n" };

        report.WriteText(output);

        var text = output.ToString();
        Assert.Contains("2 cores, one for the server, one for the load; no TLS\n", text, StringComparison.Ordinal);
        Assert.Matches(@"\n  ours +50,000 \(40,000–60,000\) +50 ?% \(40 ?%–60 ?%\) +20.0 \(19.0–21.0\)\n", text);
        Assert.EndsWith("not measured: C++: no compiler.\n", text, StringComparison.Ordinal);
    }
}
