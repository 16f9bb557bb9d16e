using System.Collections.Frozen;
using DaprSocial.Search.Domain;

namespace DaprSocial.Search.Storage;

/// <summary>Languages whose grammar PostgreSQL knows, and its dictionaries for them.</summary>
internal static class StemDictionaries
{
    private static readonly FrozenDictionary<string, string> _dictionaries = new Dictionary<string, string>
    {
        ["da"] = "danish_stem",
        ["de"] = "german_stem",
        ["en"] = "english_stem",
        ["es"] = "spanish_stem",
        ["fi"] = "finnish_stem",
        ["fr"] = "french_stem",
        ["hu"] = "hungarian_stem",
        ["it"] = "italian_stem",
        ["nb"] = "norwegian_stem",
        ["nl"] = "dutch_stem",
        ["nn"] = "norwegian_stem",
        ["no"] = "norwegian_stem",
        ["pt"] = "portuguese_stem",
        ["ro"] = "romanian_stem",
        ["ru"] = "russian_stem",
        ["sv"] = "swedish_stem",
        ["tr"] = "turkish_stem",
    }.ToFrozenDictionary();

    /// <summary>All dictionaries, each once.</summary>
    public static IReadOnlyList<string> All { get; } =
        [.. _dictionaries.Values.Distinct().Order(StringComparer.Ordinal)];

    /// <summary>The dictionary of a BCP 47 tag; null when there is none for its language.</summary>
    public static string? Of(string language) =>
        _dictionaries.GetValueOrDefault(PostDocument.PrimaryLanguage(language));
}
