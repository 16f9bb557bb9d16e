using System.Text;
using DaprSocial.Search.Domain;
using DaprSocial.Search.Text;

namespace DaprSocial.Search.Language;

/// <summary>Understands a query for posts. Pure; what is wrong becomes a refusal that says where.</summary>
internal static class QueryParser
{
    public const int LengthMax = 500;
    private const int TermsMax = 32;

    // Of all terms together; a run of Chinese is one term of as many words as characters.
    private const int WordsMax = 64;
    private const int PrefixLengthMin = 2;

    /// <exception cref="Errors.ServiceException">One of the reasons QUERY_….</exception>
    public static SearchExpression Parse(string query)
    {
        CheckText(query, LengthMax);
        var parts = QueryScanner.Scan(query);
        if (parts.Count > TermsMax)
            throw SearchErrors.TooManyTerms(TermsMax);

        var filters = new QueryFilters();
        var (required, excluded) = (new List<SearchTerm>(), new List<SearchTerm>());
        foreach (var part in parts.Where(part => !filters.TryTake(part)))
        {
            if (TermOf(part) is { } term)
                (part.IsNegated ? excluded : required).Add(term);
        }

        if (required.Count == 0)
            throw SearchErrors.WithoutTerms();
        if (required.Concat(excluded).Sum(term => term.Tokens.Count) > WordsMax)
            throw SearchErrors.TooManyTerms(WordsMax);
        return new SearchExpression(
            required, excluded, filters.From, filters.To, filters.Languages, filters.Since, filters.Until,
            filters.HasMedia);
    }

    /// <summary>Refuses what no query may be.</summary>
    /// <exception cref="Errors.ServiceException">QUERY_TOO_LONG or QUERY_INVALID_CHARACTER.</exception>
    public static void CheckText(string query, int lengthMax)
    {
        if (query.Length > lengthMax)
            throw SearchErrors.TooLong(lengthMax);
        for (var at = 0; at < query.Length; at++)
        {
            if (!Rune.TryGetRuneAt(query, at, out var rune)
                || (Rune.IsControl(rune) && rune.Value is not ('\t' or '\n' or '\r')))
                throw SearchErrors.InvalidCharacter(at);
            at += rune.Utf16SequenceLength - 1;
        }
    }

    /// <returns>Null for what has no words in it, such as a lone dash.</returns>
    private static SearchTerm? TermOf(QueryPart part)
    {
        var isPrefix = !part.IsQuoted && part.Text.EndsWith('*');
        var tokens = Tokenizer.Cut(isPrefix ? part.Text.TrimEnd('*') : part.Text);
        if (!part.IsQuoted && tokens.FirstOrDefault(token => token.Kind == TokenKind.Tag) is { Exact: not null } tag)
            return new SearchTerm(TermKind.Tag, [tag]);
        var words = tokens.Where(token => token.Kind != TokenKind.Tag).ToList();
        if (words.Count == 0)
            return null;
        if (part.IsQuoted || words.Any(word => word.Kind == TokenKind.Bigram))
            return new SearchTerm(TermKind.Phrase, words);
        if (!isPrefix)
            return new SearchTerm(words.Count == 1 ? TermKind.Word : TermKind.Phrase, words);
        return words.Count == 1 && words[0].Exact.Length >= PrefixLengthMin
            ? new SearchTerm(TermKind.Prefix, words)
            : throw SearchErrors.InvalidOperator("*", $"follows one word of {PrefixLengthMin} characters or more.");
    }
}
