namespace DaprSocial.Tidy.Tests.Rules;

public sealed class ProjectMembershipTests
{
    private static readonly SourceFile _project = new("platform/A/A.csproj", "<Project />");

    [Fact]
    public void Check_FileBelowAProject_FindsNothing() =>
        Assert.Empty(ProjectMembership.Check([_project, new SourceFile("platform/A/B/C.cs", "")]));

    [Theory]
    [InlineData("platform/B.cs")]
    [InlineData("platform/AB/C.cs")]
    public void Check_FileBesideAProject_IsFound(string path) =>
        Assert.Single(ProjectMembership.Check([_project, new SourceFile(path, "")]));

    [Theory]
    [InlineData("Project(\"{1}\") = \"A\", \"platform\\A\\A.csproj\", \"{2}\"", 0)]
    [InlineData("Project(\"{1}\") = \"A\", \"platform\\AA\\A.csproj\", \"{2}\"", 1)]
    public void Check_Solution_ListsEveryProject(string solution, int count) =>
        Assert.Equal(count, ProjectMembership.Check([_project, new SourceFile("DaprSocial.sln", solution)]).Count());

    [Theory]
    [InlineData("<Compile Include=\"../B/*.cs\" />")]
    [InlineData("<Compile Remove=\"Old/**\" />")]
    public void Check_ProjectThatPicksItsFiles_IsFound(string item) => Assert.Single(
        ProjectMembership.Check([new SourceFile(_project.Path, $"<Project><ItemGroup>{item}</ItemGroup></Project>")]));
}
