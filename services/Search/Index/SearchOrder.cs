namespace DaprSocial.Search.Index;

/// <summary>In which order posts are found.</summary>
/// <param name="AsOf">
/// Null: newest first. Else the best first, of the newest <see cref="CandidatesMax"/> that match and were created by
/// then: relevance / (1 + age in days / 7), then the newest. The moment stays the same for all pages of a search, so
/// that a post keeps its score.
/// </param>
internal sealed record SearchOrder(DateTimeOffset? AsOf)
{
    /// <summary>Bounds what one search ranks: a word that every post has would otherwise rank all of them.</summary>
    public const int CandidatesMax = 5000;

    /// <summary>Age at which the score of a post has halved.</summary>
    public const int HalfAgeDays = 7;

    public static SearchOrder Recent { get; } = new((DateTimeOffset?)null);
}
