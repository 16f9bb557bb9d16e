using DaprSocial.Hosting;

namespace DaprSocial.Platform.Tests.Hosting;

public sealed class OffsetClockTests
{
    [Fact]
    public void Of_NoOffset_IsTheSystemsClock() => Assert.Same(TimeProvider.System, OffsetClock.Of(0));

    [Fact]
    public void GetUtcNow_Offset_IsThatFarOff()
    {
        var behind = TimeProvider.System.GetUtcNow() - OffsetClock.Of(-10_000).GetUtcNow();

        Assert.InRange(behind, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(10));
    }
}
