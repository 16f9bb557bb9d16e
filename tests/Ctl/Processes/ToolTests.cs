using DaprSocial.Ctl.Processes;

namespace DaprSocial.Ctl.Tests.Processes;

public sealed class ToolTests
{
    [Fact]
    public async Task Run_Program_GathersBothOutputsAndTheExitCode()
    {
        var result = await Tool.RunAsync(["sh", "-c", "echo one; echo two >&2; exit 5"], Limits.Patience());

        Assert.Equal(5, result.ExitCode);
        Assert.False(result.Succeeded);
        Assert.Equal(["one", "two"], result.Output.TrimEnd().Split('\n').Order());
        Assert.Single(result.Tail(1).Split('\n'));
    }

    [Fact]
    public async Task Run_NoSuchProgram_SaysWhatToInstall()
    {
        var error = await Assert.ThrowsAsync<CtlException>(() => Tool.RunAsync(["no-such-program"], Limits.Patience()));

        Assert.Contains("no-such-program", error.NextStep, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_Cancelled_EndsTheProgramAndItsChildren()
    {
        using var stop = new CancellationTokenSource();
        var childId = new TaskCompletionSource<int>();
        var running = Tool.RunAsync(
            ["sh", "-c", "sleep 1000 & echo $!; wait"], "/", new Dictionary<string, string?>(),
            line => childId.TrySetResult(int.Parse(line)), stop.Token);
        var child = ProcessIdentity.Find(await childId.Task.WaitAsync(Limits.Patience()))!;

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        Assert.True(await child.WaitForExitAsync(TimeSpan.FromMinutes(1), Limits.Patience()));
    }
}
