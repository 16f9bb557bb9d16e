using DaprSocial.Ctl.Processes;

namespace DaprSocial.Ctl.Tests.Processes;

public sealed class LockFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string LockPath => Path.Combine(_folder.Path, "below", "some.lock");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void TryTake_Held_IsNullUntilReleased()
    {
        using (var first = LockFile.TryTake(LockPath))
        {
            Assert.NotNull(first);
            Assert.Null(LockFile.TryTake(LockPath));
        }

        using var second = LockFile.TryTake(LockPath);
        Assert.NotNull(second);
    }

    [Fact]
    public async Task TryTake_Held_ExcludesScriptsToo()
    {
        using var held = LockFile.TryTake(LockPath);

        var script = await Tool.RunAsync(["flock", "-n", LockPath, "true"], Limits.Patience());

        Assert.Equal(1, script.ExitCode);
    }

    [Fact]
    public async Task TakeAsync_HeldBeyondTheTimeout_IsNull()
    {
        using var held = LockFile.TryTake(LockPath);

        Assert.Null(await LockFile.TakeAsync(LockPath, TimeSpan.FromMilliseconds(1), Limits.Patience()));
    }
}
