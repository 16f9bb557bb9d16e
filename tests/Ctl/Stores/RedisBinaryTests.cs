using DaprSocial.Ctl.Stores;

namespace DaprSocial.Ctl.Tests.Stores;

public sealed class RedisBinaryTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void ParseVersion_ReadsTheVersion()
    {
        Assert.Equal(
            new Version(7, 0, 15), RedisBinary.ParseVersion("Redis server v=7.0.15 sha=00000000:0 malloc=jemalloc"));
        Assert.Null(RedisBinary.ParseVersion("redis-server: command not found"));
    }

    [Fact]
    public async Task Find_SeveralVersions_IsTheNewest()
    {
        var found = await RedisBinary.FindAsync(
            [Install("a", "6.2.1"), Install("b", "7.0.15"), Install("c", "6.9.9")], Limits.Patience());

        Assert.Equal(new Version(7, 0, 15), found!.Version);
    }

    [Fact]
    public async Task Find_OnlyTooOldOnes_IsNull() =>
        Assert.Null(await RedisBinary.FindAsync([Install("a", "6.0.16"), "/nowhere"], Limits.Patience()));

    private string Install(string name, string version)
    {
        _folder.WriteScript($"{name}/redis-server", $"echo 'Redis server v={version} sha=0'");
        return Path.Combine(_folder.Path, name);
    }
}
