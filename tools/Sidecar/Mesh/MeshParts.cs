using DaprSocial.Sidecar.Components;
using DaprSocial.Sidecar.PubSub;
using DaprSocial.Sidecar.State;
using Microsoft.Extensions.Logging;

namespace DaprSocial.Sidecar.Mesh;

/// <summary>What the sidecars of one mesh share.</summary>
internal sealed class MeshParts : IAsyncDisposable
{
    private readonly SocketsHttpHandler _connections = Transport.Create();

    public MeshParts(SidecarHostOptions options, AppRegistry registry, IReadOnlyList<Component> components)
    {
        Registry = registry;
        StateStores = new StateStores(components);
        Clock = options.TimeProvider;
        LoggerFactory = options.LoggerFactory;
        Logger = options.LoggerFactory.CreateLogger("DaprSocial.Sidecar");
        Broker = new InMemoryBroker(options.Delivery, options.DeliveryFault, options.TimeProvider, Logger);
        Invoker = new HttpMessageInvoker(_connections, disposeHandler: false);
    }

    public AppRegistry Registry { get; }

    public StateStores StateStores { get; }

    public InMemoryBroker Broker { get; }

    /// <summary>
    /// Sends proxied calls. All sidecars share its connections to the apps, so that a call needs no second hop.
    /// </summary>
    public HttpMessageInvoker Invoker { get; }

    public TimeProvider Clock { get; }

    public ILoggerFactory LoggerFactory { get; }

    public ILogger Logger { get; }

    public async ValueTask DisposeAsync()
    {
        await Broker.DisposeAsync();
        await StateStores.DisposeAsync();
        Invoker.Dispose();
        _connections.Dispose();
    }
}
