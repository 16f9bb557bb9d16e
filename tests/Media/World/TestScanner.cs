using DaprSocial.Media.Images;

namespace DaprSocial.Media.Tests.World;

/// <summary>Refuses images of one width.</summary>
internal sealed class TestScanner : IMediaScanner
{
    public const int RefusedWidth = 37;

    public Task<bool> AcceptsAsync(string original, ProcessedMedium medium, CancellationToken cancellationToken) =>
        Task.FromResult(File.Exists(original) && medium.Files[^1].Variant.Width != RefusedWidth);
}
