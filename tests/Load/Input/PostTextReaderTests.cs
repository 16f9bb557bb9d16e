using System.Text;
using DaprSocial.Load.Input;

namespace DaprSocial.Load.Tests.Input;

public sealed class PostTextReaderTests
{
    [Fact]
    public async Task Read_GoodLines_ReadsTexts()
    {
        var texts = await ReadAsync("\uFEFF{\"lang\":\"en\",\"text\":\"Hello\"}\r\n\n{\"text\":\"¡Hola!\\n👋\"}");

        Assert.Equal([new PostText("en", "Hello"), new PostText("", "¡Hola!\n👋")], texts.Texts);
        Assert.Equal(0, texts.SkippedCount);
    }

    [Theory]
    [InlineData("{\"text\":\"a\"}\n\nnonsense\n", 3)]
    [InlineData("{\"text\":\"a\"}\n{\"lang\":\"en\"}\n", 2)]
    [InlineData("{\"text\":\"a\"}\n{\"text\":7}\n", 2)]
    [InlineData("{\"text\":\"a\"}\n[1]\n", 2)]
    [InlineData("null\n", 1)]
    [InlineData("{\"text\":\"a\"} {\"text\":\"b\"}\n", 1)]
    [InlineData("{\"text\":\"\\ud800\"}\n", 1)]
    [InlineData("{\"text\":\"a\",\"lang\":\"abcdefghijklmnopqrstuvwxyzabcdefghij\"}\n", 1)]
    public async Task Read_BrokenLine_NamesItsNumber(string content, int line)
    {
        var refusal = await Assert.ThrowsAsync<InputException>(() => ReadAsync(content));

        Assert.Equal(line, refusal.Line);
    }

    [Fact]
    public async Task Read_BrokenUtf8_NamesItsLine()
    {
        byte[] content = [.. "{\"text\":\"a\"}\n{\"text\":\""u8, 0xC3, 0x28, .. "\"}\n"u8];
        using var file = new TemporaryFile(content);

        var refusal = await Assert.ThrowsAsync<InputException>(
            () => PostTextReader.ReadAsync(file.Path, CancellationToken.None));

        Assert.Equal(2, refusal.Line);
    }

    [Fact]
    public async Task Read_TextsOverTheLimits_SkipsAndCountsThem()
    {
        var atLimit = string.Concat(Enumerable.Repeat("e\u0301", 300));
        var tooManyGraphemes = new string('x', 301);
        var tooManyBytes = string.Concat(Enumerable.Repeat("👨‍👩‍👧‍👦", 130));
        string[] texts = [atLimit, tooManyGraphemes, tooManyBytes, "", "  "];

        var source = await ReadAsync(string.Join('\n', texts.Select(text => $"{{\"text\":\"{text}\"}}")));

        Assert.Equal(atLimit, Assert.Single(source.Texts).Text);
        Assert.Equal(4, source.SkippedCount);
    }

    [Fact]
    public async Task Read_NothingToPost_IsRefused()
    {
        await Assert.ThrowsAsync<InputException>(() => ReadAsync("{\"text\":\"\"}\n"));
        await Assert.ThrowsAsync<InputException>(() => ReadAsync(""));
    }

    private static async Task<PostTextSource> ReadAsync(string content)
    {
        using var file = new TemporaryFile(Encoding.UTF8.GetBytes(content));
        return await PostTextReader.ReadAsync(file.Path, CancellationToken.None);
    }
}
