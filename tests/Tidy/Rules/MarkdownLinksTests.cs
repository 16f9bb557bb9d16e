namespace DaprSocial.Tidy.Tests.Rules;

public sealed class MarkdownLinksTests
{
    private static readonly SourceFile[] _others =
    [
        new("docs/operations.md", "# Operations\n\n## Ports & `paths`, in short\n\n```\n# no heading\n```\n"),
        new("docs/adr/0001-a.md", ""),
        new("LICENSE", ""),
    ];

    [Theory]
    [InlineData("[a](docs/operations.md)")]
    [InlineData("[a](docs/adr)")]
    [InlineData("[a](./docs/../LICENSE \"title\")")]
    [InlineData("[a](docs/operations.md#ports--paths-in-short)")]
    [InlineData("[a](#here)\n\n# Here")]
    [InlineData("[a](https://example.com/x)")]
    [InlineData("[a]: LICENSE")]
    [InlineData("`[a](nowhere.md)`")]
    [InlineData("```\n[a](nowhere.md)\n```\n")]
    public void Check_LinkThatLeadsSomewhere_FindsNothing(string text) =>
        Assert.Empty(Check(text));

    [Theory]
    [InlineData("[a](nowhere.md)")]
    [InlineData("[a](docs/operation)")]
    [InlineData("[a](docs/operations.md#no-heading)")]
    [InlineData("![a](image.png)")]
    [InlineData("[a]: docs/nowhere.md")]
    [InlineData("[a](#nowhere)")]
    public void Check_LinkThatLeadsNowhere_IsFound(string text) =>
        Assert.Single(Check(text));

    [Fact]
    public void Check_LinkFromAFolder_IsRelativeToIt() =>
        Assert.Empty(MarkdownLinks.Check(new SourceFile("docs/adr/0001-a.md", "[a](../operations.md)"), _others));

    private static IEnumerable<Finding> Check(string text)
    {
        var readme = new SourceFile("README.md", text);
        return MarkdownLinks.Check(readme, [.. _others, readme]);
    }
}
