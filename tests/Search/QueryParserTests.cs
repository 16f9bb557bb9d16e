using DaprSocial.Errors;
using DaprSocial.Errors.V1;
using DaprSocial.Search.Domain;
using DaprSocial.Search.Language;

namespace DaprSocial.Search.Tests;

public sealed class QueryParserTests
{
    [Theory]
    [InlineData("two words", "Word two | Word words")]
    [InlineData("  two\twords\n", "Word two | Word words")]
    [InlineData("TWO Wörds", "Word two | Word words")]
    [InlineData("\"two words\"", "Phrase two words")]
    [InlineData("“two words”", "Phrase two words")]
    [InlineData("\"one\"", "Phrase one")]
    [InlineData("#Tag", "Tag #tag")]
    [InlineData("hous*", "Prefix hous")]
    [InlineData("e-mail", "Phrase e mail")]
    [InlineData("don't", "Phrase don t")]
    [InlineData("https://a.example/b", "Phrase https a example b")]
    [InlineData("note:this", "Phrase note this")]
    [InlineData("早上好", "Phrase 早上 上好 好")]
    [InlineData("好", "Phrase 好")]
    [InlineData("#1 hit", "Word 1 | Word hit")]
    [InlineData("a - b", "Word a | Word b")]
    [InlineData("tea -milk -\"for two\" -#x", "Word tea !Word milk !Phrase for two !Tag #x")]
    [InlineData("tea &|!():*<->';--", "Word tea")]
    [InlineData("word\"a phrase\"word", "Word word | Phrase a phrase | Word word")]
    public void Parse_Terms_AreUnderstood(string query, string expected)
    {
        var expression = QueryParser.Parse(query);

        var required = string.Join(" | ", expression.Required.Select(Show));
        var excluded = string.Concat(expression.Excluded.Select(term => " !" + Show(term)));
        Assert.Equal(expected, required + excluded);
    }

    [Fact]
    public void Parse_Operators_AreUnderstood()
    {
        var expression = QueryParser.Parse(
            "tea from:Ada_1 FROM:@bob to:cleo lang:DE lang:en since:2026-01-31 since:2026-02-01 until:2026-03-01 "
            + "has:media");

        Assert.Equal(["ada_1", "bob"], expression.From);
        Assert.Equal(["cleo"], expression.To);
        Assert.Equal(["de", "en"], expression.Languages);
        Assert.Equal(new DateTimeOffset(2026, 2, 1, 0, 0, 0, TimeSpan.Zero), expression.Since);
        Assert.Equal(new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero), expression.Until);
        Assert.True(expression.HasMedia);
        Assert.Single(expression.Required);
    }

    [Theory]
    [InlineData("", ErrorReason.QueryWithoutTerms)]
    [InlineData("   ", ErrorReason.QueryWithoutTerms)]
    [InlineData("from:ada", ErrorReason.QueryWithoutTerms)]
    [InlineData("from:ada since:2026-01-31 has:media", ErrorReason.QueryWithoutTerms)]
    [InlineData("-tea -\"for two\"", ErrorReason.QueryWithoutTerms)]
    [InlineData("\"\"", ErrorReason.QueryWithoutTerms)]
    [InlineData("- # * ! 🎉", ErrorReason.QueryWithoutTerms)]
    [InlineData("an \"open phrase", ErrorReason.QueryUnbalancedQuote)]
    [InlineData("\"", ErrorReason.QueryUnbalancedQuote)]
    [InlineData("-\"", ErrorReason.QueryUnbalancedQuote)]
    [InlineData("\"a\" \"b\" \"", ErrorReason.QueryUnbalancedQuote)]
    [InlineData("tea since:foo", ErrorReason.QueryInvalidOperator)]
    [InlineData("tea since:", ErrorReason.QueryInvalidOperator)]
    [InlineData("tea since:2026-02-30", ErrorReason.QueryInvalidOperator)]
    [InlineData("tea since:1969-12-31", ErrorReason.QueryInvalidOperator)]
    [InlineData("tea until:0001-01-01", ErrorReason.QueryInvalidOperator)]
    [InlineData("tea until:12345-01-01", ErrorReason.QueryInvalidOperator)]
    [InlineData("tea lang:german", ErrorReason.QueryInvalidOperator)]
    [InlineData("tea lang:", ErrorReason.QueryInvalidOperator)]
    [InlineData("tea has:cake", ErrorReason.QueryInvalidOperator)]
    [InlineData("tea from:", ErrorReason.QueryInvalidOperator)]
    [InlineData("tea from:a", ErrorReason.QueryInvalidOperator)]
    [InlineData("tea from:a'b;c", ErrorReason.QueryInvalidOperator)]
    [InlineData("tea -from:ada", ErrorReason.QueryInvalidOperator)]
    [InlineData("t*", ErrorReason.QueryInvalidOperator)]
    [InlineData("e-mail*", ErrorReason.QueryInvalidOperator)]
    [InlineData("tea\0", ErrorReason.QueryInvalidCharacter)]
    [InlineData("tea\u001b[1m", ErrorReason.QueryInvalidCharacter)]
    [InlineData("tea\u0085", ErrorReason.QueryInvalidCharacter)]
    public void Parse_BadQuery_IsRefused(string query, ErrorReason expected) => AssertRefused(query, expected);

    // Not as data of a theory: attributes are kept in UTF-8, which has no halves.
    [Fact]
    public void Parse_HalfOfASurrogatePair_IsRefused()
    {
        AssertRefused("tea \ud800", ErrorReason.QueryInvalidCharacter);
        AssertRefused("\udc00 tea", ErrorReason.QueryInvalidCharacter);
    }

    [Fact]
    public void Parse_TenThousandCharacters_AreTooLong() =>
        AssertRefused(new string('a', 10_000), ErrorReason.QueryTooLong);

    [Fact]
    public void Parse_LongestQuery_IsTaken() =>
        Assert.Single(QueryParser.Parse(new string('a', QueryParser.LengthMax)).Required);

    [Fact]
    public void Parse_ManyTerms_AreTooMany()
    {
        Assert.Equal(32, QueryParser.Parse(Words(32)).Required.Count);
        AssertRefused(Words(33), ErrorReason.QueryTooManyTerms);
    }

    [Fact]
    public void Parse_ManyOperators_AreTooMany() =>
        AssertRefused(string.Join(' ', Enumerable.Repeat("tea lang:de", 17)), ErrorReason.QueryTooManyTerms);

    [Fact]
    public void Parse_LongRunWithoutSpaces_IsTooManyWords()
    {
        Assert.Single(QueryParser.Parse(new string('好', 64)).Required);
        AssertRefused(new string('好', 65), ErrorReason.QueryTooManyTerms);
    }

    [Theory]
    [InlineData("house", "house")]
    [InlineData("Häuser", "hauser")]
    [InlineData("tea", null)]
    [InlineData("a1b2c3", null)]
    [InlineData("\"house\"", null)]
    [InlineData("#house", null)]
    [InlineData("hous*", null)]
    [InlineData("早上好啊", null)]
    public void CorrectableWord_OfLongWordsOnly(string query, string? expected) =>
        Assert.Equal(expected, QueryParser.Parse(query).Required[0].CorrectableWord);

    private static string Words(int count) => string.Join(' ', Enumerable.Range(0, count).Select(i => $"w{i}"));

    private static void AssertRefused(string query, ErrorReason expected)
    {
        var refusal = Assert.Throws<ServiceException>(() => QueryParser.Parse(query));

        Assert.Equal((expected, "query"), (refusal.Reason, refusal.Field));
    }

    private static string Show(SearchTerm term) =>
        $"{term.Kind} {string.Join(' ', term.Tokens.Select(token => token.Exact))}";
}
