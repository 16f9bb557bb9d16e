using DaprSocial.Load.Checking;

namespace DaprSocial.Load.Tests.Checking;

public sealed class OwnWordsTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("A day, a Déjà-vu!", "day déjà vu")]
    [InlineData("今天早上，好", "今天")]
    [InlineData("abc1 naïve Дом ελ", "naïve дом")]
    [InlineData("🎉party", "")]
    public void Of_Text_AreRunsOfPlainLetters(string text, string expected) =>
        Assert.Equal(expected.Split(' ', StringSplitOptions.RemoveEmptyEntries), OwnWords.Of(text));
}
