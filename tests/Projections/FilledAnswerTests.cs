using DaprSocial.Consistency;
using DaprSocial.Consistency.V1;
using Google.Protobuf.WellKnownTypes;

namespace DaprSocial.Projections.Tests;

public sealed class FilledAnswerTests
{
    private static readonly ConsistencyToken _token =
        ConsistencyToken.Of([new StreamVersion(Guid.NewGuid(), "posts", Guid.NewGuid(), 1)]);

    [Fact]
    public void WaitOf_NoToken_IsNothing()
    {
        var second = Duration.FromTimeSpan(TimeSpan.FromSeconds(1));

        Assert.Equal(new Duration(), FilledAnswer.WaitOf(ConsistencyToken.Empty, second));
        Assert.Equal(second, FilledAnswer.WaitOf(_token, second));
        Assert.Null(FilledAnswer.WaitOf(_token, null));
    }

    [Fact]
    public void BehindOf_NotCovered_IsToldToWhoHasAToken() =>
        Assert.False(FilledAnswer.BehindOf(Unsatisfied(3), _token)!.Satisfied);

    [Fact]
    public void BehindOf_NotCoveredAndNoToken_IsTheLagAlone()
    {
        var behind = FilledAnswer.BehindOf(Unsatisfied(3), ConsistencyToken.Empty)!;

        Assert.Equal((true, 3), (behind.Satisfied, behind.Lag.Seconds));
        Assert.Null(FilledAnswer.BehindOf(new Freshness { Satisfied = false }, ConsistencyToken.Empty));
    }

    [Fact]
    public void BehindOf_CoveredOrNoAnswer_IsNothingToWhoHasAToken()
    {
        Assert.Null(FilledAnswer.BehindOf(Lagging(3), _token));
        Assert.Null(FilledAnswer.BehindOf(null, _token));
    }

    [Fact]
    public void With_LeastFresh_Wins()
    {
        Assert.Equal(5, Lagging(3).With(Lagging(5)).Lag.Seconds);
        Assert.Equal(3, Lagging(3).With(Lagging(1)).Lag.Seconds);
        Assert.Equal(2, new Freshness { Satisfied = true }.With(Lagging(2)).Lag.Seconds);
        Assert.Equal(3, Lagging(3).With(null).Lag.Seconds);
        Assert.False(Lagging(3).With(Unsatisfied(1)).Satisfied);
        Assert.Equal(7, Unsatisfied(7).With(Unsatisfied(1)).Lag.Seconds);
    }

    private static Freshness Lagging(int seconds) => new()
    {
        Satisfied = true, Lag = Duration.FromTimeSpan(TimeSpan.FromSeconds(seconds)),
    };

    private static Freshness Unsatisfied(int seconds) => new()
    {
        Satisfied = false, Lag = Duration.FromTimeSpan(TimeSpan.FromSeconds(seconds)),
    };
}
