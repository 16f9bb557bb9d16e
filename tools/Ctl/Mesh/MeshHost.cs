using DaprSocial.Ctl.Output;

namespace DaprSocial.Ctl.Mesh;

/// <summary>Hosts the sidecars and the services of the mesh in this process.</summary>
internal sealed class MeshHost : IAsyncDisposable
{
    private MeshHost()
    {
    }

    public static Task<MeshHost> StartAsync(MeshOptions options, IProgressReport progress, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        progress.Say($"  (no services are hosted yet: roles {options.Roles}, ports {options.Ports.Base}+)");
        return Task.FromResult(new MeshHost());
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
