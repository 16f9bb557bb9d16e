namespace DaprSocial.Bench.Tests;

public sealed class WriteFiguresTests
{
    private const string Ours = "ours";
    private const string Peer = "peer";

    [Fact]
    public void Of_TwoVariants_ComparesMediansAndDividesCpuByWrites()
    {
        var turns = new Dictionary<string, List<WriteTurn>>
        {
            [Ours] =
            [
                Turn(writes: 10, answered: 1_000, applied: 3_000),
                Turn(writes: 20, answered: 2_000, applied: 6_000),
            ],
            [Peer] = [Turn(writes: 60, answered: 600, applied: 600)],
        };

        var figures = WriteFigures.Of(turns, Peer).ToDictionary(variant => variant.Name);

        Assert.Equal(new Spread(15, 10, 20), figures[Ours].PerSecond);
        Assert.Equal(0.25, figures[Ours].Ratio, precision: 6);
        Assert.Equal(1, figures[Peer].Ratio, precision: 6);
        // Half of what was spent is PostgreSQL's.
        Assert.Equal(new Spread(300, 300, 300), figures[Ours].CpuMicroseconds);
        Assert.Equal(150, figures[Ours].PostgresCpuMicroseconds, precision: 6);
        Assert.Equal(100, figures[Ours].AnswerCpuMicroseconds, precision: 6);
        Assert.Equal(30, figures[Ours].Count);
    }

    private static WriteTurn Turn(int writes, double answered, double applied) => new(
        new WriteRound(TimeSpan.FromSeconds(1), [], [.. Enumerable.Repeat(1.0, writes)]),
        new CpuTimes(answered / 2, answered / 2),
        new CpuTimes(applied / 2, applied / 2));
}
