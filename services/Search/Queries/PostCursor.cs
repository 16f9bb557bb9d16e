using DaprSocial.Search.Index;

namespace DaprSocial.Search.Queries;

/// <summary>Where a search for posts goes on.</summary>
/// <param name="After">The last post of the page before; null for the first page.</param>
/// <param name="AsOf">With the best first: what ages count from; null for the newest first.</param>
/// <param name="Corrections">Words that the first page took for misspelt, with what is searched beside them.</param>
internal sealed record PostCursor(
    PostMatch? After, DateTimeOffset? AsOf, IReadOnlyDictionary<string, IReadOnlyList<string>> Corrections);
