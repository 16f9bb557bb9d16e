namespace DaprSocial.Tidy.Tests.Rules;

public sealed class CitedDocumentsTests
{
    private static readonly SourceFile[] _files = [new("docs/architecture.md", ""), new("STYLE.md", "")];

    [Theory]
    [InlineData("a.cs", "// See docs/architecture.md.", 0)]
    [InlineData("a.cs", "// See architecture.md.", 0)]
    [InlineData("a.cs", "// See https://example.com/doc/PROTOCOL.md#errors", 0)]
    [InlineData("a.md", "See nowhere.md.", 0)]
    [InlineData("a.cs", "// See notes.md §3.", 1)]
    [InlineData("a.yaml", "# as style.md says", 1)]
    public void Check_Citation_IsFoundWhenNotThere(string path, string text, int count) =>
        Assert.Equal(count, CitedDocuments.Check(new SourceFile(path, text), _files).Count());
}
