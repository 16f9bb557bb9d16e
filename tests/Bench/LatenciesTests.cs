using DaprSocial.Bench.Searching;

namespace DaprSocial.Bench.Tests;

public sealed class LatenciesTests
{
    [Fact]
    public void Of_HundredCalls_AreTheFiftiethAndTheNinetyNinth()
    {
        var calls = Enumerable.Range(1, 100).Reverse().Select(ms => ((double)ms, ms % 2)).ToList();

        Assert.Equal(new Latencies(50, 99, 0.5), Latencies.Of(calls));
    }

    [Fact]
    public void Of_OneCall_IsThatCall() => Assert.Equal(new Latencies(7, 7, 3), Latencies.Of([(7, 3)]));

    [Fact]
    public void Of_NoCall_Throws() => Assert.Throws<ArgumentOutOfRangeException>(() => Latencies.Of([]));
}
