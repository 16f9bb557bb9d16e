using DaprSocial.Media.Domain;

namespace DaprSocial.Media.Blobs;

/// <summary>A blob that a store has.</summary>
/// <param name="WriteTime">By the store's clock.</param>
internal readonly record struct StoredBlob(BlobHash Hash, long Size, DateTimeOffset WriteTime);
