namespace DaprSocial.Tidy.Tests.Rules;

public sealed class DocumentedPathsTests
{
    private static readonly SourceFile[] _files = [new("platform/EventLog/EventRelay.cs", "")];

    [Theory]
    [InlineData("`platform/EventLog/EventRelay.cs`")]
    [InlineData("`platform/EventLog`")]
    [InlineData("`platform/`")]
    [InlineData("`services/*/Api/*.cs`")]
    [InlineData("`docs/adr/NNNN-title.md` is a pattern", 1)]
    [InlineData("services/Nowhere in prose")]
    [InlineData("`Storage/PostStore.cs`")]
    public void Check_Path_IsFoundOnlyWhenMissing(string text, int count = 0) =>
        Assert.Equal(count, DocumentedPaths.Check(new SourceFile("README.md", text), _files).Count());

    [Fact]
    public void Check_MissingFile_IsFound() => Assert.Single(
        DocumentedPaths.Check(new SourceFile("docs/a.md", "`platform/EventLog/EventBus.cs`"), _files));
}
