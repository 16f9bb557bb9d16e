using DaprSocial.Search.Domain;
using DaprSocial.Search.Text;

namespace DaprSocial.Search.Storage;

/// <summary>Marks what a query finds in a text. Pure, and by the same words as the index.</summary>
internal static class Highlighter
{
    public static IReadOnlyList<TextSpan> Mark(
        IReadOnlyList<SearchTerm> terms, IReadOnlyList<Token> tokens, string language, Stems stems) =>
        TextSpan.Merge(terms.SelectMany(term => Mark(term, tokens, language, stems)));

    private static IEnumerable<TextSpan> Mark(
        SearchTerm term, IReadOnlyList<Token> tokens, string language, Stems stems) => term.Kind switch
        {
            TermKind.Word => tokens.Where(token => IsForm(term, token, StemDictionaries.Of(language), stems))
                .Select(SpanOf),
            TermKind.Tag => tokens.Where(token => token.Kind == TokenKind.Tag && token.Exact == term.Tokens[0].Exact)
                .Select(SpanOf),
            TermKind.Prefix => tokens.Where(token =>
                    token.Kind == TokenKind.Word
                    && token.Exact.StartsWith(term.Tokens[0].Exact, StringComparison.Ordinal))
                .Select(SpanOf),
            TermKind.Phrase => MarkPhrase(Phrases.Needed(term.Tokens), [.. tokens.Where(IsNoTag)]),
            _ => throw new ArgumentOutOfRangeException(nameof(term), term.Kind, "Not a kind of term."),
        };

    private static bool IsForm(SearchTerm term, Token token, string? dictionary, Stems stems)
    {
        if (token.Kind != TokenKind.Word)
            return false;
        var word = term.Tokens[0];
        return token.Exact == word.Exact
            || term.Alternatives.Contains(token.Exact)
            || (dictionary is not null
                && stems.Of(dictionary, word.Lower) is { } stem
                && stems.Of(dictionary, token.Lower) == stem);
    }

    private static IEnumerable<TextSpan> MarkPhrase(IReadOnlyList<Token> phrase, IReadOnlyList<Token> tokens)
    {
        for (var start = 0; start < tokens.Count; start++)
        {
            if (MatchAt(phrase, tokens, start) is { } end)
                yield return new TextSpan(tokens[start].Start, end);
        }
    }

    /// <returns>Where in the text the phrase ends; null when it does not begin here.</returns>
    private static int? MatchAt(IReadOnlyList<Token> phrase, IReadOnlyList<Token> tokens, int start)
    {
        foreach (var wanted in phrase)
        {
            // Without tags, places are consecutive.
            var at = start + wanted.Place - phrase[0].Place;
            if (at >= tokens.Count || !Phrases.Matches(wanted, tokens[at]))
                return null;
        }

        var last = tokens[start + phrase[^1].Place - phrase[0].Place];
        // Of a bigram found by its first character only that one is marked.
        return Phrases.IsSingle(phrase[^1]) ? last.Start + phrase[^1].Exact.Length : last.End;
    }

    private static bool IsNoTag(Token token) => token.Kind != TokenKind.Tag;

    private static TextSpan SpanOf(Token token) => new(token.Start, token.End);
}
