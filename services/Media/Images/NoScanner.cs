namespace DaprSocial.Media.Images;

/// <summary>Takes everything: who has a scanner registers it in the place of this.</summary>
internal sealed class NoScanner : IMediaScanner
{
    public Task<bool> AcceptsAsync(string original, ProcessedMedium medium, CancellationToken cancellationToken) =>
        Task.FromResult(true);
}
