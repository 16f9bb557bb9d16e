namespace DaprSocial.SearchIndex.Tests;

/// <summary>What every search index must do.</summary>
internal static class SearchIndexContract
{
    public static IReadOnlyDictionary<string, ContractCheck> Checks { get; } =
        VersionChecks.All.Concat(PagingChecks.All).Concat(LanguageChecks.All).Concat(OperatorChecks.All)
            .Concat(SpellingChecks.All).Concat(VisibilityChecks.All).Concat(UserChecks.All)
            .Concat(HighlightChecks.All)
            .ToDictionary(check => check.Id);
}
