namespace DaprSocial.Tidy.Tests.Rules;

public sealed class LineWidthTests
{
    [Theory]
    [InlineData("a.cs", LineWidth.ColumnsMax, 0)]
    [InlineData("a.cs", LineWidth.ColumnsMax + 1, 1)]
    [InlineData("a.proto", LineWidth.ColumnsMax + 1, 1)]
    [InlineData("a.md", LineWidth.ColumnsMax + 1, 0)]
    [InlineData("a.g.cs", LineWidth.ColumnsMax + 1, 0)]
    public void Check_LongLine_IsFoundInSource(string path, int columns, int count) =>
        Assert.Equal(count, LineWidth.Check(new SourceFile(path, "x\n" + new string('x', columns) + "\n")).Count());

    [Fact]
    public void Check_CharactersOfTwoUnits_CountOnce() => Assert.Empty(LineWidth.Check(new SourceFile(
        "a.cs", string.Concat(Enumerable.Repeat("😀", LineWidth.ColumnsMax)) + "\n")));
}
