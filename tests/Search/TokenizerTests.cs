using DaprSocial.Search.Text;

namespace DaprSocial.Search.Tests;

public sealed class TokenizerTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("!?… 🎉", "")]
    [InlineData("Hello, world", "hello world")]
    [InlineData("snake_case 3.14", "snake case 3 14")]
    [InlineData("Crème BRÛLÉE", "creme brulee")]
    [InlineData("cafe\u0301", "cafe")]
    [InlineData("早", "早")]
    [InlineData("早上好", "早上 上好 好")]
    [InlineData("用iPhone手机", "用 iphone 手机 机")]
    [InlineData("𠀀𠀁", "𠀀𠀁 𠀁")]
    [InlineData("#Two_words x", "#two_words two words x")]
    [InlineData("#1 ##tag #", "1 #tag tag")]
    [InlineData("\u0301\u0302", "")]
    public void Cut_Text_GivesWords(string text, string expected) =>
        Assert.Equal(expected, string.Join(' ', Tokenizer.Cut(text).Select(token => token.Exact)));

    [Fact]
    public void Cut_AnyText_RangesHoldTheirWordsInOrder()
    {
        var random = new Random(7);
        const string letters = "aÉß#_ 好早ab1\u0301\ud800\udc00'\"*-：ก";
        for (var round = 0; round < 2000; round++)
        {
            var text = string.Concat(
                Enumerable.Range(0, random.Next(20)).Select(_ => letters[random.Next(letters.Length)]));

            var tokens = Tokenizer.Cut(text);

            Assert.All(tokens, token => Assert.InRange(token.Start, 0, token.End - 1));
            Assert.All(tokens, token => Assert.InRange(token.End, 1, text.Length));
            Assert.All(tokens, token => Assert.DoesNotContain('\'', token.Exact));
            Assert.Equal(
                Enumerable.Range(1, tokens.Count(token => token.Kind != TokenKind.Tag)),
                tokens.Where(token => token.Kind != TokenKind.Tag).Select(token => token.Place));
        }
    }

    [Fact]
    public void Cut_HugeWord_IsCutWithoutBreakingAPair()
    {
        var token = Assert.Single(Tokenizer.Cut("a" + string.Concat(Enumerable.Repeat("𐐨", 100))));

        Assert.Equal(63, token.Exact.Length);
        Assert.False(char.IsHighSurrogate(token.Exact[^1]));
    }
}
