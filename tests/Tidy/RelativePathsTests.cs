namespace DaprSocial.Tidy.Tests;

public sealed class RelativePathsTests
{
    [Theory]
    [InlineData("a/b", "../c", "a/c")]
    [InlineData("", "./c", "c")]
    [InlineData("a", "../../c", "../c")]
    [InlineData("a", ".", "a")]
    public void Join_DotsInThePath_AreResolved(string folder, string path, string expected) =>
        Assert.Equal(expected, RelativePaths.Join(folder, path));
}
