using DaprSocial.Media.Domain;
using DaprSocial.Media.V1;

namespace DaprSocial.Media.Storage;

/// <summary>Bytes that a URL names.</summary>
internal readonly record struct ServedBlob(BlobHash Hash, long Size, MediaType Type);
