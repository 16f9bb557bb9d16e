using System.Collections.Frozen;
using DaprSocial.Sidecar.Components;
using DaprSocial.Sidecar.Mesh;
using DaprSocial.Sidecar.PubSub;

namespace DaprSocial.Sidecar;

/// <summary>
/// The sidecars of a mesh in one process: a small stand-in for one daprd per app, with the same gRPC and HTTP contract.
/// Apps may start before or after it.
/// </summary>
public sealed class SidecarHost : IAsyncDisposable
{
    private readonly MeshParts _mesh;
    private readonly FrozenDictionary<string, RunningSidecar> _sidecars;

    private SidecarHost(SidecarHostOptions options, IReadOnlyList<Component> components)
    {
        var identities = options.Sidecars
            .Select(sidecar => new SidecarIdentity(
                new AppEndpoint(sidecar.AppId, sidecar.AppToken),
                [.. components.Where(component => component.IsVisibleTo(sidecar.AppId))]))
            .ToList();
        _mesh = new MeshParts(options, new AppRegistry(identities.Select(identity => identity.App)), components);
        _sidecars = options.Sidecars
            .Zip(identities, (sidecar, identity) => new RunningSidecar(sidecar, identity, _mesh))
            .ToFrozenDictionary(sidecar => sidecar.Identity.AppId, StringComparer.Ordinal);
    }

    /// <summary>The broker that the sidecars share.</summary>
    public InMemoryBroker Broker => _mesh.Broker;

    /// <summary>Completes when every sidecar has been shut down, by its Shutdown method or with the host.</summary>
    public Task Completion => Task.WhenAll(_sidecars.Values.Select(sidecar => sidecar.Stopped));

    /// <summary>Starts all sidecars; they serve when it completes.</summary>
    /// <exception cref="ComponentException">A component manifest is not to be used.</exception>
    public static async Task<SidecarHost> StartAsync(SidecarHostOptions options, CancellationToken cancellationToken)
    {
        var twice = options.Sidecars.GroupBy(sidecar => sidecar.AppId).FirstOrDefault(group => group.Count() > 1);
        if (twice is not null)
            throw new ArgumentException($"several sidecars have the app id {twice.Key}", nameof(options));

        var components = ComponentLoader.Load(options.ComponentsDirectory)
            .Select(component => options.MetadataOverrides.TryGetValue(component.Name, out var metadata)
                ? component.With(metadata)
                : component);
        var host = new SidecarHost(options, [.. components]);
        try
        {
            await host.StartAsync(options.Sidecars, cancellationToken);
            return host;
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

    /// <summary>Where the sidecar of an app listens.</summary>
    public SidecarPorts PortsOf(string appId) => new(_sidecars[appId].GrpcPort, _sidecars[appId].HttpPort);

    /// <summary>
    /// Tells a sidecar where its app listens, now or from now on elsewhere, and asks the app for its subscriptions.
    /// Those that it had before keep what is queued for them. The app need not listen yet.
    /// </summary>
    public Task AttachAppAsync(string appId, int appPort, CancellationToken cancellationToken) =>
        _sidecars[appId].AttachAsync(appPort, cancellationToken);

    /// <summary>Completes when every attached app has been reached and its subscriptions are in force.</summary>
    public Task WaitUntilReadyAsync(CancellationToken cancellationToken) =>
        Task.WhenAll(_sidecars.Values.Select(sidecar => sidecar.Ready)).WaitAsync(cancellationToken);

    /// <summary>Stops deliveries, then the sidecars.</summary>
    public async ValueTask DisposeAsync()
    {
        await _mesh.Broker.DisposeAsync();
        await Task.WhenAll(_sidecars.Values.Select(sidecar => sidecar.DisposeAsync().AsTask()));
        await _mesh.DisposeAsync();
    }

    private async Task StartAsync(IReadOnlyList<SidecarOptions> sidecars, CancellationToken cancellationToken)
    {
        foreach (var options in sidecars)
        {
            var sidecar = _sidecars[options.AppId];
            await sidecar.StartAsync(cancellationToken);
            _mesh.Logger.SidecarStarted(options.AppId, sidecar.GrpcPort, sidecar.HttpPort);
            if (options.AppPort is { } port)
                await sidecar.AttachAsync(port, cancellationToken);
        }
    }
}
