namespace DaprSocial.Bench.Tests;

public sealed class SpreadTests
{
    [Fact]
    public void Of_OddCount_TakesTheMiddleOne() => Assert.Equal(new Spread(2, 1, 9), Spread.Of([9, 1, 2]));

    [Fact]
    public void Of_EvenCount_TakesTheMeanOfTheMiddleTwo() => Assert.Equal(new Spread(3, 1, 9), Spread.Of([9, 1, 2, 4]));

    [Fact]
    public void Of_Nothing_Throws() => Assert.Throws<ArgumentOutOfRangeException>(() => Spread.Of([]));
}
