namespace DaprSocial.Tidy.Tests.Rules;

public sealed class PackageVersionsTests
{
    [Theory]
    [InlineData("<PackageReference Include=\"A\" Version=\"1.0\" />")]
    [InlineData("<PackageReference Version='1.0' Include='A' />")]
    [InlineData("<PackageReference Include=\"A\" VersionOverride=\"1.0\" />")]
    [InlineData("<PackageReference Include=\"A\">\n  <Version>1.0</Version>\n</PackageReference>")]
    [InlineData("<PackageVersion Include=\"A\" Version=\"1.0\" />")]
    public void Check_VersionInAProject_IsFound(string item) =>
        Assert.Single(PackageVersions.Check(new SourceFile("platform/A/A.csproj", item)));

    [Theory]
    [InlineData("platform/A/A.csproj", "<PackageReference Include=\"A\" />")]
    [InlineData("platform/A/A.csproj", "<Version>2.85.0</Version>")]
    [InlineData("platform/A/A.csproj", "<PackageReference Include=\"A\" />\n<Version>1.0</Version>")]
    [InlineData("Directory.Packages.props", "<PackageVersion Include=\"A\" Version=\"1.0\" />")]
    public void Check_VersionWhereItBelongs_FindsNothing(string path, string item) =>
        Assert.Empty(PackageVersions.Check(new SourceFile(path, item)));
}
