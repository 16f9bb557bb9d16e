using DaprSocial.Faults.Planning;

namespace DaprSocial.Faults.Tests.Planning;

public sealed class CrashPlannerTests
{
    [Theory]
    [InlineData("posts#1")]
    [InlineData("graph#1")]
    public void Plan_ServiceWithALog_HasEveryPointBeforeAnyTwice(string instance)
    {
        var armed = CrashPlanner.Plan(instance, 7).OfType<ArmedCrash>().Take(CrashPoints.All.Count).ToList();

        Assert.Equal(CrashPoints.All.Order(), armed.Select(crash => crash.Point).Order());
        Assert.All(armed, crash => Assert.InRange(crash.Count, 1, 4));
    }

    [Fact]
    public void Plan_ServiceWithoutALog_HasNoPointOfCommands() =>
        Assert.DoesNotContain(
            CrashPlanner.Plan("timelines#1", 7),
            crash => crash is not null && CrashPoints.OfCommands.Contains(crash.Point));

    [Fact]
    public void Plan_AnyInstance_LeavesSomeLivesUnarmed() =>
        Assert.InRange(CrashPlanner.Plan("posts#2", 7).Count(crash => crash is null), 50, 150);
}
