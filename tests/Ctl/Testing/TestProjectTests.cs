using DaprSocial.Ctl.Testing;

namespace DaprSocial.Ctl.Tests.Testing;

public sealed class TestProjectTests : IDisposable
{
    private const string Sdk =
        "<Project><ItemGroup><PackageReference Include='Microsoft.NET.Test.Sdk' /></ItemGroup></Project>";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void FindAll_TestProjectsOnly_ByNamePropertyOrPackage()
    {
        _folder.Write("tests/Users/Users.Tests.csproj", "<Project />");
        _folder.Write("tests/EndToEnd/EndToEnd.csproj", Sdk);
        _folder.Write(
            "tests/Tidy/Tidy.csproj",
            "<Project><PropertyGroup><IsTestProject>true</IsTestProject><FullOnly>true</FullOnly></PropertyGroup></Project>");
        _folder.Write("tests/Shared/Fixtures.csproj", "<Project />");
        _folder.Write("tests/Users/obj/Copy.Tests.csproj", Sdk);
        _folder.Write("services/Users/Users.Tests.csproj", Sdk);

        var found = TestProject.FindAll(_folder.Path);

        Assert.Equal(["EndToEnd", "Tidy", "Users.Tests"], found.Select(project => project.Name).Order());
        Assert.Equal("Tidy", Assert.Single(found, project => project.FullOnly).Name);
    }

    [Fact]
    public void FindAll_NoTestsFolder_IsEmpty() => Assert.Empty(TestProject.FindAll(_folder.Path));

    [Fact]
    public void LongestFirst_UnknownThenByLastDuration()
    {
        TestProject[] projects = [Project("quick"), Project("slow"), Project("small", 1), Project("big", 2)];
        var path = Path.Combine(_folder.Path, "durations.json");
        new SuiteDurations(path).Record(
        [
            new SuiteResult("quick", [], TimeSpan.FromSeconds(1)),
            new SuiteResult("slow", [], TimeSpan.FromSeconds(9)),
        ]);

        var ordered = new SuiteDurations(path).LongestFirst(projects);

        Assert.Equal(["big", "small", "slow", "quick"], ordered.Select(project => project.Name));
    }

    private static TestProject Project(string name, long weight = 0) => new(name, name, FullOnly: false, weight);
}
