using DaprSocial.Search.Domain;
using DaprSocial.Search.Index;

namespace DaprSocial.SearchIndex.Tests;

/// <summary>An index of its own for one check, empty at first. Each adapter brings one.</summary>
internal interface IIndexUnderTest : IAsyncDisposable
{
    /// <summary>Finds.</summary>
    ISearchIndex Index { get; }

    /// <summary>Puts documents in a transaction of their own, and makes them be found.</summary>
    Task PutAsync(
        IReadOnlyCollection<PostDocument> posts, IReadOnlyCollection<UserDocument> users,
        CancellationToken cancellationToken);
}
