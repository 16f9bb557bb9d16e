namespace DaprSocial.Tidy.Tests.Rules;

public sealed class TextFormTests
{
    [Theory]
    [InlineData("a.cs", "\uFEFFa\n", "byte order mark")]
    [InlineData("a.md", "a", "without a newline")]
    [InlineData("a.md", "a\n\n", "empty line")]
    [InlineData("a.yaml", "a\r\n", "carriage return")]
    [InlineData("a.sh", "a \n", "white space")]
    [InlineData("a.sh", "a\n\t\nb\n", "white space")]
    public void Check_UntidyText_IsFound(string path, string text, string part)
    {
        var finding = Assert.Single(TextForm.Check(new SourceFile(path, text)));

        Assert.Contains(part, finding.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a.cs", "")]
    [InlineData("a.cs", "a\n\n  b\n")]
    [InlineData("A.sln", "\uFEFF\r\n")]
    public void Check_TidyText_FindsNothing(string path, string text) =>
        Assert.Empty(TextForm.Check(new SourceFile(path, text)));
}
