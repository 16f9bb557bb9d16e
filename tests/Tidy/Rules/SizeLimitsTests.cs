namespace DaprSocial.Tidy.Tests.Rules;

public sealed class SizeLimitsTests
{
    [Fact]
    public void Check_FileAtTheLimit_FindsNothing() =>
        Assert.Empty(SizeLimits.Check(new SourceFile("a.cs", Lines(SizeLimits.FileLinesMax))));

    [Fact]
    public void Check_FileOverTheLimit_IsFound() =>
        Assert.Single(SizeLimits.Check(new SourceFile("a.cs", Lines(SizeLimits.FileLinesMax + 1))));

    [Theory]
    [InlineData("a.g.cs")]
    [InlineData("a.proto")]
    public void Check_LongFileNobodyWrites_FindsNothing(string path) =>
        Assert.Empty(SizeLimits.Check(new SourceFile(path, Lines(SizeLimits.FileLinesMax + 1))));

    [Fact]
    public void Check_MethodAtTheLimit_FindsNothing() =>
        Assert.Empty(SizeLimits.Check(Method(SizeLimits.MethodLinesMax)));

    [Fact]
    public void Check_MethodOverTheLimit_IsFound()
    {
        var finding = Assert.Single(SizeLimits.Check(Method(SizeLimits.MethodLinesMax + 1)));

        Assert.Equal(3, finding.Line);
        Assert.Contains("M has 71 lines", finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Check_LongTable_FindsNothing() => Assert.Empty(SizeLimits.Check(new SourceFile(
        "a.cs", $"class C\n{{\n    int[] _a =\n    [\n{string.Concat(Enumerable.Repeat("1,\n", 100))}    ];\n}}\n")));

    private static string Lines(int count) => string.Concat(Enumerable.Repeat("// line\n", count));

    private static SourceFile Method(int lines) =>
        new("a.cs", $"class C\n{{\nvoid M()\n{{\n{string.Concat(Enumerable.Repeat("f();\n", lines - 3))}}}\n}}\n");
}
