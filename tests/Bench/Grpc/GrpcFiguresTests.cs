using DaprSocial.Bench.Grpc;

namespace DaprSocial.Bench.Tests.Grpc;

public sealed class GrpcFiguresTests
{
    [Fact]
    public void Of_MachineThatSlowsDown_ComparesWithinEachRound()
    {
        GrpcPeer[] peers = [new("ceiling", _ => []), new("ours", _ => [])];

        var figures = GrpcFigures.Of(
            peers,
            [
                [new(100, 1), new(50, 2), new(10, 3)],
                [new(80, 4), new(40, 5), new(9, 6)],
            ]);

        Assert.Equal(["ceiling", "ours"], figures.Select(row => row.Peer));
        Assert.Equal(new Spread(1, 1, 1), figures[0].ToCeiling);
        Assert.Equal(new Spread(0.8, 0.8, 0.9), figures[1].ToCeiling);
        Assert.Equal(new Spread(40, 9, 80), figures[1].PerSecond);
        Assert.Equal(new Spread(5, 4, 6), figures[1].CpuMsPerThousand);
    }
}
