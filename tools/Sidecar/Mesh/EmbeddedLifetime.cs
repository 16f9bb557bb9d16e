using Microsoft.Extensions.Hosting;

namespace DaprSocial.Sidecar.Mesh;

/// <summary>The process and its signals belong to whoever hosts the sidecars, not to each sidecar's server.</summary>
internal sealed class EmbeddedLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
