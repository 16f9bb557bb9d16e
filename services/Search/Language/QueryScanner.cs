using DaprSocial.Search.Domain;

namespace DaprSocial.Search.Language;

/// <summary>Parts a query at spaces and quotation marks. Pure.</summary>
internal static class QueryScanner
{
    /// <exception cref="Errors.ServiceException">QUERY_UNBALANCED_QUOTE.</exception>
    public static IReadOnlyList<QueryPart> Scan(string query)
    {
        var parts = new List<QueryPart>();
        var at = 0;
        while (at < query.Length)
        {
            if (char.IsWhiteSpace(query[at]))
            {
                at++;
                continue;
            }

            // A dash before a space or at the end negates nothing.
            var isNegated = query[at] == '-' && at + 1 < query.Length && !char.IsWhiteSpace(query[at + 1]);
            var start = isNegated ? at + 1 : at;
            var isQuoted = IsQuote(query[start]);
            var end = isQuoted ? ClosingQuote(query, start) : EndOfPart(query, start);
            parts.Add(new QueryPart(isQuoted ? query[(start + 1)..end] : query[start..end], isQuoted, isNegated));
            at = isQuoted ? end + 1 : end;
        }

        return parts;
    }

    // Phones write the curly ones.
    private static bool IsQuote(char letter) => letter is '"' or '“' or '”' or '„';

    private static int ClosingQuote(string query, int open)
    {
        for (var at = open + 1; at < query.Length; at++)
        {
            if (IsQuote(query[at]))
                return at;
        }

        throw SearchErrors.UnbalancedQuote(open);
    }

    private static int EndOfPart(string query, int start)
    {
        var end = start;
        while (end < query.Length && !char.IsWhiteSpace(query[end]) && !IsQuote(query[end]))
            end++;
        return end;
    }
}
