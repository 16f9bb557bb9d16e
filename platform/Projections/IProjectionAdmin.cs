using DaprSocial.Projections.V1;

namespace DaprSocial.Projections;

/// <summary>What operators do with the projection of a service.</summary>
internal interface IProjectionAdmin
{
    Task<IReadOnlyList<ProjectionVersion>> ListAsync(CancellationToken cancellationToken);

    Task RebuildAsync(
        int sampleSize, Func<RebuildProjectionResponse, Task> onProgress, CancellationToken cancellationToken);

    Task FlipAsync(int version, CancellationToken cancellationToken);

    Task DropAsync(int version, CancellationToken cancellationToken);

    /// <summary>Parked streams of the active version, and how many there are.</summary>
    Task<(IReadOnlyList<ParkedStream> Streams, long Count)> ListParkedAsync(
        int limit, CancellationToken cancellationToken);

    /// <returns>True when the stream parked again.</returns>
    Task<bool> RetryAsync(StreamKey key, CancellationToken cancellationToken);

    /// <returns>True when the stream parked again, at a later event.</returns>
    Task<bool> SkipAsync(StreamKey key, long version, CancellationToken cancellationToken);
}
