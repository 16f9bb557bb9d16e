using DaprSocial.Media.V1;

namespace DaprSocial.Media.Domain;

/// <summary>One form of a medium; its bytes are a blob.</summary>
internal sealed record MediumVariant(Variant Variant, MediaType Type, BlobHash Hash, long Size, int Width, int Height);
