using DaprSocial.Media.Domain;

namespace DaprSocial.Media.Images;

/// <summary>A variant whose bytes are still in a working folder.</summary>
internal sealed record ProcessedFile(MediumVariant Variant, string Path);
