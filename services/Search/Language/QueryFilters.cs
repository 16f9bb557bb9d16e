using System.Globalization;
using DaprSocial.Search.Domain;

namespace DaprSocial.Search.Language;

/// <summary>Collects the operators of a query.</summary>
internal sealed class QueryFilters
{
    private const int HandleLengthMin = 3;
    private const int HandleLengthMax = 30;
    private const string Media = "media";
    private const string DateFormat = "yyyy-MM-dd";

    private readonly List<string> _from = [];
    private readonly List<string> _to = [];
    private readonly List<string> _languages = [];

    public IReadOnlyList<string> From => _from;

    public IReadOnlyList<string> To => _to;

    public IReadOnlyList<string> Languages => _languages;

    public DateTimeOffset? Since { get; private set; }

    public DateTimeOffset? Until { get; private set; }

    public bool HasMedia { get; private set; }

    /// <returns>False when the part is no operator.</returns>
    /// <exception cref="Errors.ServiceException">QUERY_INVALID_OPERATOR.</exception>
    public bool TryTake(QueryPart part)
    {
        var colon = part.Text.IndexOf(':', StringComparison.Ordinal);
        if (part.IsQuoted || colon < 0)
            return false;
        var (name, value) = (part.Text[..colon].ToLowerInvariant(), part.Text[(colon + 1)..].ToLowerInvariant());
        switch (name)
        {
            case "from":
                Add(_from, Handle(name, value));
                break;
            case "to":
                Add(_to, Handle(name, value));
                break;
            case "lang":
                Add(_languages, Language(value));
                break;
            case "since":
                var since = Day(name, value);
                Since = Since > since ? Since : since;
                break;
            case "until":
                var until = Day(name, value);
                Until = Until < until ? Until : until;
                break;
            case "has":
                HasMedia = value == Media ? true : throw SearchErrors.InvalidOperator(name, $"takes only {Media}.");
                break;
            default:
                return false;
        }

        return part.IsNegated ? throw SearchErrors.InvalidOperator(name, "cannot be negated.") : true;
    }

    private static void Add(List<string> values, string value)
    {
        if (!values.Contains(value))
            values.Add(value);
    }

    private static string Handle(string name, string value)
    {
        var handle = value.StartsWith('@') ? value[1..] : value;
        return handle.Length is >= HandleLengthMin and <= HandleLengthMax
            && handle.All(letter => letter is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '_')
            ? handle
            : throw SearchErrors.InvalidOperator(
                name, $"takes a handle: {HandleLengthMin} to {HandleLengthMax} of a-z, 0-9 and underscore.");
    }

    private static string Language(string value) =>
        value.Length is 2 or 3 && value.All(char.IsAsciiLetterLower)
            ? value
            : throw SearchErrors.InvalidOperator("lang", "takes a language of two or three letters, such as de.");

    private static DateTimeOffset Day(string name, string value) =>
        DateTimeOffset.TryParseExact(
            value, DateFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var day)
            // Ids count from 1970.
            && day >= DateTimeOffset.UnixEpoch
            ? day
            : throw SearchErrors.InvalidOperator(name, "takes a day such as 2026-01-31, from 1970 on.");
}
