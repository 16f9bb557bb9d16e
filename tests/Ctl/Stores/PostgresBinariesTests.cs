using DaprSocial.Ctl.Stores;

namespace DaprSocial.Ctl.Tests.Stores;

public sealed class PostgresBinariesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)", 15)]
    [InlineData("postgres (PostgreSQL) 17beta1", 17)]
    [InlineData("something else", null)]
    [InlineData("", null)]
    public void ParseMajor_ReadsTheFirstNumber(string line, int? expected) =>
        Assert.Equal(expected, PostgresBinaries.ParseMajor(line));

    [Fact]
    public async Task Find_SeveralVersions_NewestFirstWithoutTooOldOnes()
    {
        var folders = new[] { Install("a", "14.2"), Install("b", "16.1"), Install("c", "17.0"), Install("d", "15.3") };

        var found = await PostgresBinaries.FindAsync(folders, Limits.Patience());

        Assert.Equal([17, 16, 15], found.Select(binaries => binaries.Major));
        Assert.Equal(Path.Combine(folders[2], "initdb"), found[0].InitDb);
    }

    [Fact]
    public async Task Find_LinkToAnInstallation_IsTheInstallationOnce()
    {
        var real = Install("real", "16.1");
        var links = Directory.CreateDirectory(Path.Combine(_folder.Path, "links")).FullName;
        File.CreateSymbolicLink(Path.Combine(links, "postgres"), Path.Combine(real, "postgres"));
        File.CreateSymbolicLink(Path.Combine(links, "initdb"), Path.Combine(real, "initdb"));

        var found = await PostgresBinaries.FindAsync([links, real], Limits.Patience());

        Assert.Equal(real, Assert.Single(found).Folder);
    }

    [Fact]
    public async Task Find_ClientOnlyOrMissingFolder_IsNothing()
    {
        _folder.WriteScript("client/postgres", "echo 'postgres (PostgreSQL) 16.1'");

        Assert.Empty(await PostgresBinaries.FindAsync(
            [Path.Combine(_folder.Path, "client"), Path.Combine(_folder.Path, "nowhere")], Limits.Patience()));
    }

    [Fact]
    public void Choose_ExistingCluster_TakesItsVersionNotTheNewest()
    {
        PostgresBinaries[] found = [new("/17", 17), new("/15", 15)];

        Assert.Equal(15, PostgresBinaries.Choose(found, clusterMajor: 15)!.Major);
        Assert.Equal(17, PostgresBinaries.Choose(found, clusterMajor: null)!.Major);
        Assert.Null(PostgresBinaries.Choose([], clusterMajor: 15));
    }

    [Fact]
    public void Choose_ClusterOfAnotherVersion_NamesBothVersions()
    {
        var error = Assert.Throws<CtlException>(
            () => PostgresBinaries.Choose([new PostgresBinaries("/17", 17)], clusterMajor: 15));

        Assert.Contains("15", error.Message, StringComparison.Ordinal);
        Assert.Contains("17", error.Message, StringComparison.Ordinal);
        Assert.Contains("postgresql-15", error.NextStep, StringComparison.Ordinal);
    }

    private string Install(string name, string version)
    {
        _folder.WriteScript($"{name}/postgres", $"echo 'postgres (PostgreSQL) {version}'");
        _folder.WriteScript($"{name}/initdb", "exit 1");
        return Path.Combine(_folder.Path, name);
    }
}
