using DaprSocial.Bench.Grpc;

namespace DaprSocial.Bench.Tests.Grpc;

public sealed class H2LoadTests
{
    private const string Output = """
        starting benchmark...
        Application protocol: h2c

        finished in 1.42s, 70422.54 req/s, 8.12MB/s
        requests: 100000 total, 100000 started, 100000 done, 100000 succeeded, 0 failed, 0 errored, 0 timeout
        status codes: 100000 2xx, 0 3xx, 0 4xx, 0 5xx
        """;

    [Fact]
    public void Parse_AllSucceeded_IsTheRate() => Assert.Equal(70_422.54, H2Load.Parse(Output, 100_000));

    [Fact]
    public void Parse_SomeFailed_IsNoFigure()
    {
        var output = Output.Replace("100000 succeeded", "99999 succeeded", StringComparison.Ordinal);

        var wrong = Assert.Throws<BenchException>(() => H2Load.Parse(output, 100_000));

        Assert.Equal("Of 100000 calls, 99999 succeeded.", wrong.Message);
    }

    [Theory]
    [InlineData("")]
    [InlineData("h2load: command not found")]
    public void Parse_SomethingElse_IsNoFigure(string output) =>
        Assert.Throws<BenchException>(() => H2Load.Parse(output, 1));
}
