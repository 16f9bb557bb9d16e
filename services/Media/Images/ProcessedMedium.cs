using DaprSocial.Media.V1;

namespace DaprSocial.Media.Images;

/// <summary>What was made of an upload.</summary>
/// <param name="Files">The smallest first, the original last.</param>
internal sealed record ProcessedMedium(
    MediaType Type, long DurationMs, string Blurhash, IReadOnlyList<ProcessedFile> Files);
