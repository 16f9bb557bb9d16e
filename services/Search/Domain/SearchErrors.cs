using System.Globalization;
using DaprSocial.Errors;
using DaprSocial.Errors.V1;

namespace DaprSocial.Search.Domain;

internal static class SearchErrors
{
    public static ServiceException WithoutTerms() =>
        new(ErrorReason.QueryWithoutTerms, "query has nothing to search for: no word, phrase, tag or word beginning.",
            field: "query");

    public static ServiceException TooLong(int lengthMax) =>
        new(ErrorReason.QueryTooLong, $"query is over {lengthMax} characters (UTF-16 code units).",
            Number("lengthMax", lengthMax), "query");

    public static ServiceException TooManyTerms(int termsMax) =>
        new(ErrorReason.QueryTooManyTerms, $"query has over {termsMax} terms, operators or words.",
            Number("termsMax", termsMax), "query");

    public static ServiceException InvalidCharacter(int at) =>
        new(ErrorReason.QueryInvalidCharacter,
            $"query has a control character, or half of a surrogate pair, at {at}.", Number("at", at), "query");

    public static ServiceException UnbalancedQuote(int at) =>
        new(ErrorReason.QueryUnbalancedQuote, $"the quotation mark at {at} of query has no partner.",
            Number("at", at), "query");

    public static ServiceException InvalidOperator(string name, string why) =>
        new(ErrorReason.QueryInvalidOperator, $"{name}: in query {why}",
            new Dictionary<string, string> { ["operator"] = name }, "query");

    public static ServiceException TooExpensive() =>
        new(ErrorReason.QueryTooExpensive, "The search took too long; ask for something more specific.",
            field: "query");

    private static Dictionary<string, string> Number(string name, int value) =>
        new() { [name] = value.ToString(CultureInfo.InvariantCulture) };
}
