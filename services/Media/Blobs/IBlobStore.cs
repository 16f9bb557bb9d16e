using DaprSocial.Media.Domain;

namespace DaprSocial.Media.Blobs;

/// <summary>Keeps bytes by their hash. A blob is there whole or not at all, and never changes.</summary>
internal interface IBlobStore
{
    /// <summary>Keeps a file's bytes. What is there already stays.</summary>
    /// <param name="hash">Of the file: the caller has counted it.</param>
    /// <param name="path">The file; it stays where it is.</param>
    /// <param name="cancellationToken">Gives up; nothing is there then, or all.</param>
    Task PutAsync(BlobHash hash, string path, CancellationToken cancellationToken);

    /// <summary>Reads a part of a blob.</summary>
    /// <param name="hash">Which blob.</param>
    /// <param name="offset">First byte, within the blob.</param>
    /// <param name="length">How many bytes, at least one, within the blob.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Exactly those bytes, as they are read; null when there is no such blob.</returns>
    Task<Stream?> OpenAsync(BlobHash hash, long offset, long length, CancellationToken cancellationToken);

    /// <summary>
    /// Removes a blob. One that is not there is none to be removed. Who reads it just now may read on.
    /// </summary>
    Task DeleteAsync(BlobHash hash, CancellationToken cancellationToken);

    /// <summary>Every blob, in no particular order, and nothing that is none.</summary>
    IAsyncEnumerable<StoredBlob> ListAsync(CancellationToken cancellationToken);

    /// <summary>Removes what writing that was broken off has left.</summary>
    /// <param name="before">Only what was begun before.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>How much there was.</returns>
    Task<int> DeleteUnfinishedAsync(DateTimeOffset before, CancellationToken cancellationToken);
}
