namespace DaprSocial.Tidy.Tests.Rules;

public sealed class WellFormedYamlTests
{
    [Theory]
    [InlineData("a.yaml", "a: 1\n---\nb: [1, 2]\n", 0)]
    [InlineData("a.yaml", "a: [1, 2\n", 1)]
    [InlineData("a.yml", "a: 1\n b: 2\n", 1)]
    [InlineData("a.yaml", "# nothing\n", 1)]
    [InlineData("a.md", "a: [1\n", 0)]
    public void Check_Yaml_IsFoundWhenBroken(string path, string text, int count) =>
        Assert.Equal(count, WellFormedYaml.Check(new SourceFile(path, text)).Count());
}
