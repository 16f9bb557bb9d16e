namespace DaprSocial.Search.Domain;

/// <summary>A query as it was understood, before handles are resolved.</summary>
/// <param name="Required">What posts must have; at least one.</param>
/// <param name="Excluded">What they must not have.</param>
/// <param name="From">Handles of authors, any of which will do; empty for everybody.</param>
/// <param name="To">Handles of those answered, any of which will do; empty for everybody.</param>
/// <param name="Languages">Primary language subtags, any of which will do; empty for all.</param>
/// <param name="Since">The first moment; null for none.</param>
/// <param name="Until">The first moment after; null for none.</param>
/// <param name="HasMedia">True for posts with media only.</param>
internal sealed record SearchExpression(
    IReadOnlyList<SearchTerm> Required, IReadOnlyList<SearchTerm> Excluded, IReadOnlyList<string> From,
    IReadOnlyList<string> To, IReadOnlyList<string> Languages, DateTimeOffset? Since, DateTimeOffset? Until,
    bool HasMedia)
{
    /// <summary>The same with other words beside those that were taken for misspelt.</summary>
    public SearchExpression Correct(IReadOnlyDictionary<string, IReadOnlyList<string>> alternatives) => this with
    {
        Required =
        [
            .. Required.Select(term =>
                term.CorrectableWord is { } word && alternatives.TryGetValue(word, out var others)
                    ? term with { Alternatives = others }
                    : term),
        ],
    };
}
