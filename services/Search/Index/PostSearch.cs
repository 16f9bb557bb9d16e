using DaprSocial.Search.Domain;

namespace DaprSocial.Search.Index;

/// <summary>A search for posts, with all that it needs to know resolved.</summary>
/// <param name="Required">What posts must have; at least one.</param>
/// <param name="Excluded">What they must not have.</param>
/// <param name="Authors">Who may have written them; null for everybody.</param>
/// <param name="ParentAuthors">Whose posts they may answer; null for everybody's, and none.</param>
/// <param name="Languages">Primary subtags; empty for all.</param>
/// <param name="Since">The first moment; null for none.</param>
/// <param name="Until">The first moment after; null for none.</param>
/// <param name="HasMedia">True for posts with media only.</param>
/// <param name="Viewer">Who searches; sees their own posts, of whatever visibility. Null for nobody.</param>
/// <param name="Followees">Whose posts for followers the viewer may come upon.</param>
/// <param name="Order">In which order.</param>
/// <param name="After">The last post of the page before; null for the first page.</param>
/// <param name="Limit">Posts at most, from 1.</param>
internal sealed record PostSearch(
    IReadOnlyList<SearchTerm> Required, IReadOnlyList<SearchTerm> Excluded, IReadOnlyCollection<UserId>? Authors,
    IReadOnlyCollection<UserId>? ParentAuthors, IReadOnlyList<string> Languages, DateTimeOffset? Since,
    DateTimeOffset? Until, bool HasMedia, UserId? Viewer, IReadOnlyCollection<UserId> Followees, SearchOrder Order,
    PostMatch? After, int Limit);
