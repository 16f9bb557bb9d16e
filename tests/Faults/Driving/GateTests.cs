using DaprSocial.Faults.Driving;

namespace DaprSocial.Faults.Tests.Driving;

public sealed class GateTests
{
    [Fact]
    public async Task ShutAsync_SomebodyInside_WaitsUntilTheyCameOut()
    {
        var gate = new Gate();
        var work = new TaskCompletionSource();
        var inside = gate.RunAsync(() => work.Task, CancellationToken.None);

        var shut = gate.ShutAsync(CancellationToken.None);

        Assert.False(shut.IsCompleted);
        Assert.True(gate.IsShut);
        work.SetResult();
        await shut;
        await inside;
    }

    [Fact]
    public async Task RunAsync_Shut_WaitsForTheOpening()
    {
        var gate = new Gate();
        await gate.ShutAsync(CancellationToken.None);
        var ran = false;
        var waiting = gate.RunAsync(
            () =>
            {
                ran = true;
                return Task.CompletedTask;
            },
            CancellationToken.None);

        Assert.False(ran);
        gate.Open();
        await waiting;

        Assert.True(ran);
        Assert.False(gate.IsShut);
    }
}
