using DaprSocial.Sidecar.PubSub;
using Microsoft.Extensions.Logging;

namespace DaprSocial.Sidecar.Mesh;

/// <summary>What the sidecars of one mesh share.</summary>
internal sealed class MeshParts : IAsyncDisposable
{
    public MeshParts(SidecarHostOptions options, AppRegistry registry)
    {
        Registry = registry;
        Clock = options.TimeProvider;
        LoggerFactory = options.LoggerFactory;
        Logger = options.LoggerFactory.CreateLogger("DaprSocial.Sidecar");
        Broker = new InMemoryBroker(options.Delivery, options.DeliveryFault, options.TimeProvider, Logger);
        Connections = Transport.Create();
        Invoker = new HttpMessageInvoker(Connections, disposeHandler: false);
    }

    public AppRegistry Registry { get; }

    public InMemoryBroker Broker { get; }

    /// <summary>The connections to all apps, for proxied calls and deliveries alike.</summary>
    public SocketsHttpHandler Connections { get; }

    /// <summary>Sends proxied calls over the connections.</summary>
    public HttpMessageInvoker Invoker { get; }

    public TimeProvider Clock { get; }

    public ILoggerFactory LoggerFactory { get; }

    public ILogger Logger { get; }

    public async ValueTask DisposeAsync()
    {
        await Broker.DisposeAsync();
        Invoker.Dispose();
        Connections.Dispose();
    }
}
