using DaprSocial.Search.Storage;

namespace DaprSocial.Search.Tests;

public sealed class SpellingTests
{
    [Theory]
    [InlineData("", "", 0)]
    [InlineData("house", "house", 0)]
    [InlineData("hosue", "house", 1)]
    [InlineData("huse", "house", 1)]
    [InlineData("hoouse", "house", 1)]
    [InlineData("mouse", "house", 1)]
    [InlineData("abcd", "", 4)]
    [InlineData("ca", "abc", 3)]
    public void SlipsBetween_CountsChanges(string one, string other, int expected)
    {
        Assert.Equal(expected, Spelling.SlipsBetween(one, other));
        Assert.Equal(expected, Spelling.SlipsBetween(other, one));
    }

    [Fact]
    public void Nearest_OneSlipAway_LeavesOutTwo() =>
        Assert.Equal(["letters"], Spelling.Nearest("leters", [("letter", 9), ("letters", 1), ("better", 99)]));
}
