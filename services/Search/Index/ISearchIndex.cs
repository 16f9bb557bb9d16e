using DaprSocial.Search.Domain;
using DaprSocial.Search.Text;

namespace DaprSocial.Search.Index;

/// <summary>
/// Finds what <see cref="ISearchIndexWriter"/> has put. The second adapter, Elasticsearch, comes with the production
/// stores; tests/StoreContracts/SearchIndex says what both must do.
/// </summary>
internal interface ISearchIndex
{
    /// <summary>Posts in the order asked for, never a stub, never one that the viewer has no part in.</summary>
    /// <exception cref="Errors.ServiceException">QUERY_TOO_EXPENSIVE.</exception>
    Task<IReadOnlyList<PostMatch>> SearchPostsAsync(PostSearch search, CancellationToken cancellationToken);

    /// <summary>Users, the best first, never a stub.</summary>
    /// <exception cref="Errors.ServiceException">QUERY_TOO_EXPENSIVE.</exception>
    Task<IReadOnlyList<UserMatch>> SearchUsersAsync(UserSearch search, CancellationToken cancellationToken);

    /// <summary>The users who have these handles; a handle that nobody has is left out.</summary>
    Task<IReadOnlyList<UserId>> FindHandlesAsync(
        IReadOnlyCollection<string> handles, CancellationToken cancellationToken);

    /// <summary>
    /// For each word that no public post has: up to three similar ones that some have, the most likely first. Nothing
    /// of a post that is not public shows in it.
    /// </summary>
    /// <param name="words">Such as <see cref="SearchTerm.CorrectableWord"/>.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="Errors.ServiceException">QUERY_TOO_EXPENSIVE.</exception>
    Task<IReadOnlyDictionary<string, IReadOnlyList<string>>> FindSimilarAsync(
        IReadOnlyCollection<string> words, CancellationToken cancellationToken);

    /// <summary>What a query would find in texts, for each text in order; the index itself is not read.</summary>
    /// <param name="terms">What posts must have.</param>
    /// <param name="texts">Texts with their languages.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<IReadOnlyList<IReadOnlyList<TextSpan>>> HighlightAsync(
        IReadOnlyList<SearchTerm> terms, IReadOnlyList<(string Text, string Language)> texts,
        CancellationToken cancellationToken);
}
