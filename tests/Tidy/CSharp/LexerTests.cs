namespace DaprSocial.Tidy.Tests.CSharp;

public sealed class LexerTests
{
    [Theory]
    [InlineData("a // b\nc", "a     \nc")]
    [InlineData("a /* { \n } */ c", "a      \n      c")]
    [InlineData("a /// <b>{</b>\nc", "a             \nc")]
    [InlineData("f(\"{\") g", "f(   ) g")]
    [InlineData("f(\"\\\"{\") g", "f(     ) g")]
    [InlineData("f(@\"\\\") g", "f(    ) g")]
    [InlineData("f(@\"\"\"{\") g", "f(      ) g")]
    [InlineData("f('{', '\\'', '\"') g", "f(   ,     ,    ) g")]
    [InlineData("f(\"\") + g", "f(  ) + g")]
    [InlineData("#pragma warning disable { \nc", "                          \nc")]
    [InlineData("f(\"// no comment\") g", "f(               ) g")]
    [InlineData("@class + b", "@class + b")]
    public void OnlyCode_CommentOrLiteral_IsBlank(string text, string expected) =>
        Assert.Equal(expected, CodeText.OnlyCode(text));

    [Theory]
    [InlineData("$\"{a}b{c}\" + d", "   a   c   + d")]
    [InlineData("$\"{{b}}{c}\" + d", "        c   + d")]
    [InlineData("$\"{a:yyyy'x'}\" + d", "   a           + d")]
    [InlineData("$\"{a,5:N0}\" + d", "   a,5      + d")]
    [InlineData("$\"{f(x ? \"y\" : \"z\")}\" + d", "   f(x ?     :    )   + d")]
    [InlineData("$\"{global::A.B}\" + d", "   global::A.B   + d")]
    [InlineData("$@\"{a}\"\"{b}\" + d", "    a    b   + d")]
    [InlineData("@$\"\\{a}\" + d", "     a   + d")]
    [InlineData("$\"{new { X = 1 }}\" + d", "   new { X = 1 }   + d")]
    [InlineData("$\"{$\"{a}\"}\" + d", "      a     + d")]
    public void OnlyCode_Interpolation_KeepsTheHoles(string text, string expected) =>
        Assert.Equal(expected, CodeText.OnlyCode(text));

    [Fact]
    public void OnlyCode_RawString_IsBlankUpToItsOwnQuotes()
    {
        const string Quotes = "\"\"\"\"";

        var code = CodeText.OnlyCode($"f({Quotes} \"\"\" {{ {Quotes}) g");

        Assert.Equal("f(               ) g", code);
    }

    [Fact]
    public void OnlyCode_RawInterpolation_KeepsHolesOfEnoughBraces()
    {
        const string Quotes = "\"\"\"";

        var code = CodeText.OnlyCode($"$${Quotes}{{a}} {{{{b}}}} {{{{{{c}}}}}}{Quotes} + d");

        Assert.Equal("           b      c       + d", code);
    }

    [Fact]
    public void Split_AnyText_LeavesNoGap()
    {
        const string Text = "a(\"b\"); // c\n$\"{d}e\" /* f */ 'g' \"unfinished";

        var segments = Lexer.Split(Text);

        Assert.Equal(0, segments[0].Start);
        Assert.Equal(Text.Length, segments[^1].End);
        Assert.All(segments.Zip(segments.Skip(1)), pair => Assert.Equal(pair.First.End, pair.Second.Start));
    }

    [Theory]
    [InlineData("\"")]
    [InlineData("'")]
    [InlineData("/*")]
    [InlineData("$\"{")]
    [InlineData("$\"{a:")]
    [InlineData("\"\\")]
    [InlineData("$\"\"\"{a")]
    public void Split_UnfinishedText_EndsAtItsEnd(string text) =>
        Assert.Equal(text.Length, Lexer.Split(text)[^1].End);

    [Fact]
    public void LineAt_OffsetAfterNewlines_CountsFromOne() => Assert.Equal(3, CodeText.LineAt("a\nb\nc", 4));
}
