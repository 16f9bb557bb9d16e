using System.Diagnostics;
using DaprSocial.Ctl.Processes;

namespace DaprSocial.Ctl.Tests.Processes;

public sealed class ProcessIdentityTests
{
    [Fact]
    public void Current_IsAlive() => Assert.True(ProcessIdentity.Current().IsAlive);

    [Fact]
    public void IsAlive_SameIdOtherStart_IsFalse() =>
        Assert.False(new ProcessIdentity(Environment.ProcessId, 1).IsAlive);

    [Fact]
    public void Find_NobodysId_IsNull() => Assert.Null(ProcessIdentity.Find(-1));

    [Fact]
    public async Task Send_Kill_EndsTheProcessAndTheWait()
    {
        using var child = Process.Start("sleep", "1000");
        var identity = ProcessIdentity.Find(child.Id)!;
        Assert.False(await identity.WaitForExitAsync(TimeSpan.Zero, Limits.Patience()));

        identity.Send(Signal.Kill);

        Assert.True(await identity.WaitForExitAsync(TimeSpan.FromMinutes(1), Limits.Patience()));
        Assert.False(identity.IsAlive);
    }

    [Fact]
    public async Task Send_ToAnotherThatBearsTheId_DoesNothing()
    {
        using var child = Process.Start("sleep", "1000");
        var identity = ProcessIdentity.Find(child.Id)!;

        (identity with { StartTicks = identity.StartTicks + 1 }).Send(Signal.Kill);

        Assert.True(identity.IsAlive);
        child.Kill();
        await child.WaitForExitAsync(Limits.Patience());
    }
}
