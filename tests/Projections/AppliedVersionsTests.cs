using DaprSocial.Identifiers;

namespace DaprSocial.Projections.Tests;

public sealed class AppliedVersionsTests
{
    private static readonly StreamKey _key = new("users", Uuid.Create(1));

    private readonly AppliedVersions _applied = new();

    [Fact]
    public void Record_SmallerVersionLater_KeepsTheGreater()
    {
        _applied.Record(_key, 5);
        _applied.Record(_key, 3);

        Assert.Equal(5, _applied.Get(_key));
    }

    [Fact]
    public void Get_UnknownStream_IsZero()
    {
        Assert.Equal((0, false), (_applied.Get(_key), _applied.Knows(_key)));

        _applied.Record(_key, 0);

        Assert.Equal((0, true), (_applied.Get(_key), _applied.Knows(_key)));
    }

    [Fact]
    public void Advanced_Always_WakesThoseWhoWaitAndNobodyElse()
    {
        var (first, second) = (_applied.NextAdvance, _applied.NextAdvance);

        _applied.Advanced();

        Assert.True(first.IsCompletedSuccessfully);
        Assert.True(second.IsCompletedSuccessfully);
        Assert.False(_applied.NextAdvance.IsCompleted);
    }

    [Fact]
    public void Record_MoreStreamsThanItMayHold_ForgetsInsteadOfGrowing()
    {
        for (var index = 0; index <= 200_000; index++)
            _applied.Record(new StreamKey("users", new Guid(index, 0, 0, new byte[8])), 1);

        Assert.False(_applied.Knows(new StreamKey("users", new Guid(5, 0, 0, new byte[8]))));
        Assert.Equal(1, _applied.Get(new StreamKey("users", new Guid(200_000, 0, 0, new byte[8]))));
    }
}
