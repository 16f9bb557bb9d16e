using System.Globalization;
using System.Text;
using DaprSocial.Errors;
using DaprSocial.Identifiers;
using Google.Protobuf.WellKnownTypes;

namespace DaprSocial.Hosting;

/// <summary>Reads fields that many requests share; what is wrong becomes a refusal that names the field.</summary>
public static class RequestFields
{
    /// <summary>Most ids in one batch request.</summary>
    public const int BatchIdsMax = 100;

    private const int NanosMax = 999_999_999;

    /// <summary>Reads an id.</summary>
    /// <exception cref="ServiceException">INVALID_ID.</exception>
    public static Id<T> Id<T>(string text, string field) =>
        Identifiers.Id<T>.TryParse(text, out var id) ? id : throw Refusals.InvalidId(field);

    /// <summary>Reads an id that may be left out.</summary>
    /// <returns>Null for empty text.</returns>
    /// <exception cref="ServiceException">INVALID_ID.</exception>
    public static Id<T>? OptionalId<T>(string text, string field) => text.Length == 0 ? null : Id<T>(text, field);

    /// <summary>Reads the ids of a batch request, 1 to 100; repeated ones count once, the first place stays.</summary>
    /// <exception cref="ServiceException">INVALID_FIELD for the number, INVALID_ID.</exception>
    public static IReadOnlyList<Id<T>> Ids<T>(IReadOnlyCollection<string> texts, string field)
    {
        if (texts.Count is 0 or > BatchIdsMax)
            throw Refusals.InvalidField(field, $"1 to {BatchIdsMax} ids; there are {texts.Count}.");
        return [.. texts.Select(text => Id<T>(text, field)).Distinct()];
    }

    /// <summary>Reads how many rows an answer may have at most.</summary>
    /// <param name="size">As asked for; 0 for the default.</param>
    /// <param name="sizeDefault">The default.</param>
    /// <param name="sizeMax">Greater sizes are clamped to it.</param>
    /// <exception cref="ServiceException">INVALID_PAGE_SIZE: negative.</exception>
    public static int PageSize(int size, int sizeDefault, int sizeMax) => size switch
    {
        < 0 => throw Refusals.InvalidPageSize(size),
        0 => sizeDefault,
        _ => Math.Min(size, sizeMax),
    };

    /// <summary>Reads a span of time that may be left out.</summary>
    /// <exception cref="ServiceException">INVALID_FIELD: negative, or not what protobuf allows.</exception>
    public static TimeSpan? Span(Duration? duration, string field) => duration switch
    {
        null => null,
        { Seconds: >= 0 and <= Duration.MaxSeconds, Nanos: >= 0 and <= NanosMax } => duration.ToTimeSpan(),
        _ => throw Refusals.InvalidField(field, "a duration of 0 or more, as protobuf defines it."),
    };

    /// <summary>Checks a text that may be empty.</summary>
    /// <param name="text">The text.</param>
    /// <param name="field">Name of the field.</param>
    /// <param name="graphemesMax">Most user-perceived characters.</param>
    /// <exception cref="ServiceException">INVALID_FIELD.</exception>
    public static string Text(string text, string field, int graphemesMax) =>
        HasAtMost(text, graphemesMax) && !text.Contains('\0')
            ? text
            : throw Refusals.InvalidField(field, $"at most {graphemesMax} characters, none of them NUL.");

    /// <summary>
    /// True when a text has at most so many user-perceived characters, and not over ten times that in bytes.
    /// </summary>
    /// <remarks>
    /// The bound in bytes keeps a letter with a thousand accents from being one character (as in AT Protocol).
    /// </remarks>
    public static bool HasAtMost(string text, int graphemesMax)
    {
        if (Encoding.UTF8.GetByteCount(text) > graphemesMax * 10)
            return false;
        var count = 0;
        for (var rest = text.AsSpan(); rest.Length > 0; rest = rest[StringInfo.GetNextTextElementLength(rest)..])
        {
            if (++count > graphemesMax)
                return false;
        }

        return true;
    }
}
