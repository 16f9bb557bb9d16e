using DaprSocial.Ctl.Stores;

namespace DaprSocial.Ctl.Tests.Stores;

public sealed class VipsBinaryTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void ParseVersion_ReadsTheVersion()
    {
        Assert.Equal(new Version(8, 14, 1), VipsBinary.ParseVersion("vips-8.14.1\n"));
        Assert.Null(VipsBinary.ParseVersion("vips: command not found"));
    }

    [Fact]
    public async Task Find_SeveralVersions_IsTheFirstThatIsNewEnough()
    {
        var found = await VipsBinary.FindAsync(
            [Install("a", "8.12.2"), Install("b", "8.14.1"), Install("c", "8.16.0")], Limits.Patience());

        Assert.Equal(new Version(8, 14, 1), found!.Version);
    }

    [Fact]
    public async Task Find_OnlyTooOldOnes_IsNull() =>
        Assert.Null(await VipsBinary.FindAsync([Install("a", "8.12.2"), "/nowhere"], Limits.Patience()));

    private string Install(string name, string version)
    {
        _folder.WriteScript($"{name}/vips", $"echo 'vips-{version}'");
        return Path.Combine(_folder.Path, name);
    }
}
