using System.Globalization;
using System.Text;
using DaprSocial.Search.Domain;
using DaprSocial.Search.Index;
using DaprSocial.Search.Text;

namespace DaprSocial.Search.Storage;

/// <summary>
/// Words as PostgreSQL's text search keeps and asks for them. Pure. Nothing has to be escaped: tokens are made of
/// letters, digits, marks, # and _.
/// </summary>
/// <remarks>
/// A stem stands beside the word as it is written, marked with its language: "/german_stem/haus". So a query, whose
/// language nobody knows, asks for the stems by all grammars, and a post in French is not found by its German stem. No
/// word begins with the mark, so that the beginning of a word never finds stems.
/// </remarks>
internal static class Lexemes
{
    /// <summary>What stems a text needs.</summary>
    public static IEnumerable<(string Dictionary, string Word)> StemsOf(IEnumerable<Token> tokens, string language) =>
        StemDictionaries.Of(language) is { } dictionary
            ? tokens.Where(token => token.Kind == TokenKind.Word).Select(token => (dictionary, token.Lower))
            : [];

    /// <summary>What stems a query needs, whose posts may be in these languages; in any, when none is named.</summary>
    public static IEnumerable<(string Dictionary, string Word)> StemsOf(
        IEnumerable<SearchTerm> terms, IReadOnlyList<string> languages) =>
        from term in terms
        where term.Kind == TermKind.Word
        from dictionary in DictionariesOf(languages)
        select (dictionary, term.Tokens[0].Lower);

    /// <summary>A text as a tsvector. What is literal weighs more than a stem.</summary>
    public static string VectorOf(IReadOnlyList<Token> tokens, string language, Stems stems)
    {
        var dictionary = StemDictionaries.Of(language);
        var vector = new StringBuilder();
        foreach (var token in tokens)
        {
            Append(token.Exact, token.Place, 'B');
            if (token.Kind == TokenKind.Word && dictionary is not null && stems.Of(dictionary, token.Lower) is { } stem)
                Append(Marked(dictionary, stem), token.Place, 'D');
        }

        return vector.ToString();

        void Append(string lexeme, int place, char weight) =>
            vector.Append(CultureInfo.InvariantCulture, $"'{lexeme}':{place}{weight} ");
    }

    /// <summary>A user's words as a tsvector, by the field that they stand in.</summary>
    public static string VectorOf(UserDocument user)
    {
        var vector = new StringBuilder();
        var place = 0;
        foreach (var (text, weight) in ((string, char)[])[(user.Handle, 'A'), (user.DisplayName, 'B'), (user.Bio, 'C')])
        {
            foreach (var token in Tokenizer.Cut(text))
                vector.Append(CultureInfo.InvariantCulture, $"'{token.Exact}':{++place}{weight} ");
        }

        return vector.ToString();
    }

    /// <summary>What posts must have as a tsquery.</summary>
    public static string QueryOf(IReadOnlyList<SearchTerm> required, IReadOnlyList<string> languages, Stems stems) =>
        string.Join(" & ", required.Select(term => QueryOf(term, languages, stems)));

    /// <summary>What posts must have, and what they must not, as a tsquery.</summary>
    public static string QueryOf(
        IReadOnlyList<SearchTerm> required, IReadOnlyList<SearchTerm> excluded, IReadOnlyList<string> languages,
        Stems stems) =>
        string.Join(" & ", excluded.Select(term => "!" + QueryOf(term, languages, stems))
            .Prepend(QueryOf(required, languages, stems)));

    /// <summary>What users must have as a tsquery.</summary>
    public static string QueryOf(UserSearch search)
    {
        var weights = search.IsTypeahead ? "AB" : "ABC";
        return string.Join(" & ", search.Words.Select((word, i) =>
            $"'{word.Exact}':{(search.IsTypeahead && i == search.Words.Count - 1 ? "*" : "")}{weights}"));
    }

    /// <summary>A stem with the mark of its language.</summary>
    public static string Marked(string dictionary, string stem) => $"/{dictionary}/{stem}";

    public static IEnumerable<string> DictionariesOf(IReadOnlyList<string> languages) => languages.Count == 0
        ? StemDictionaries.All
        : languages.Select(StemDictionaries.Of).OfType<string>().Distinct();

    private static string QueryOf(SearchTerm term, IReadOnlyList<string> languages, Stems stems) => term.Kind switch
    {
        TermKind.Word => $"({string.Join(" | ", FormsOf(term, languages, stems).Select(form => $"'{form}'"))})",
        TermKind.Tag => $"'{term.Tokens[0].Exact}'",
        TermKind.Prefix => $"'{term.Tokens[0].Exact}':*",
        TermKind.Phrase => $"({PhraseOf(Phrases.Needed(term.Tokens))})",
        _ => throw new ArgumentOutOfRangeException(nameof(term), term.Kind, "Not a kind of term."),
    };

    private static IEnumerable<string> FormsOf(SearchTerm term, IReadOnlyList<string> languages, Stems stems) =>
        DictionariesOf(languages)
            .Select(dictionary => stems.Of(dictionary, term.Tokens[0].Lower) is { } stem
                ? Marked(dictionary, stem)
                : null)
            .OfType<string>()
            .Prepend(term.Tokens[0].Exact)
            .Concat(term.Alternatives)
            .Distinct();

    private static string PhraseOf(IReadOnlyList<Token> tokens)
    {
        var phrase = new StringBuilder();
        for (var i = 0; i < tokens.Count; i++)
        {
            if (i > 0)
                phrase.Append(CultureInfo.InvariantCulture, $" <{tokens[i].Place - tokens[i - 1].Place}> ");
            phrase.Append('\'').Append(tokens[i].Exact).Append(Phrases.IsSingle(tokens[i]) ? "':*" : "'");
        }

        return phrase.ToString();
    }
}
