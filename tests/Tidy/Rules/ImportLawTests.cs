namespace DaprSocial.Tidy.Tests.Rules;

public sealed class ImportLawTests
{
    [Theory]
    [InlineData("protos/P.csproj", "../platform/polyfills/Grpc.Core.Api/Grpc.Core.Api.csproj")]
    [InlineData("platform/A/A.csproj", "../B/B.csproj")]
    [InlineData("platform/A/A.csproj", "../../protos/P.csproj")]
    [InlineData("platform/A/A.csproj", "$(RepositoryRoot)protos/P.csproj")]
    [InlineData("platform/polyfills/X/X.csproj", "../Y/Y.csproj")]
    [InlineData("services/Posts/Posts.csproj", "..\\..\\platform\\A\\A.csproj")]
    [InlineData("tools/Sidecar/Sidecar.csproj", "../../protos/P.csproj")]
    [InlineData("tools/Bench/Bench.csproj", "../Load/Load.csproj")]
    [InlineData("tools/Ctl/Ctl.csproj", "../../services/Posts/Posts.csproj")]
    [InlineData("tools/Ctl/Ctl.csproj", "../Sidecar/Sidecar.csproj")]
    [InlineData("tests/Posts/Posts.Tests.csproj", "../../services/Posts/Posts.csproj")]
    [InlineData("tests/Posts/Posts.Tests.csproj", "../Testing/Testing.csproj")]
    public void Check_AllowedReference_FindsNothing(string project, string reference) =>
        Assert.Empty(ImportLaw.Check(Project(project, reference)));

    [Theory]
    [InlineData("protos/P.csproj", "../platform/A/A.csproj")]
    [InlineData("protos/P.csproj", "../platform/polyfills/Grpc.Net.Common/Grpc.Net.Common.csproj")]
    [InlineData("platform/A/A.csproj", "../../services/Posts/Posts.csproj")]
    [InlineData("platform/A/A.csproj", "../../tools/Ctl/Ctl.csproj")]
    [InlineData("platform/polyfills/X/X.csproj", "../../A/A.csproj")]
    [InlineData("services/Posts/Posts.csproj", "../Users/Users.csproj")]
    [InlineData("services/Posts/Posts.csproj", "../../tools/Sidecar/Sidecar.csproj")]
    [InlineData("services/Directory.Build.props", "../tests/Testing/Testing.csproj")]
    [InlineData("tools/Sidecar/Sidecar.csproj", "../../services/Posts/Posts.csproj")]
    [InlineData("tools/Load/Load.csproj", "../Ctl/Ctl.csproj")]
    [InlineData("tools/Bench/Bench.csproj", "../Sidecar/Sidecar.csproj")]
    [InlineData("tools/Ctl/Ctl.csproj", "../../tests/Testing/Testing.csproj")]
    [InlineData("samples/A/A.csproj", "../../protos/P.csproj")]
    public void Check_ForbiddenReference_NamesTheLaw(string project, string reference)
    {
        var finding = Assert.Single(ImportLaw.Check(Project(project, reference)));

        Assert.Equal(2, finding.Line);
        Assert.Contains("must not reference", finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Check_FileThatIsNoProject_IsPassedOver() =>
        Assert.Empty(ImportLaw.Check(new SourceFile("protos/a.xml", "<ProjectReference Include=\"../x\"/>")));

    private static SourceFile Project(string path, string reference) => new(path, $"""
        <Project>
          <ItemGroup><ProjectReference Include="{reference}" /></ItemGroup>
        </Project>
        """);
}
