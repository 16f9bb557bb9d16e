using System.Net;
using System.Text;
using DaprSocial.Sidecar.Api;
using DaprSocial.Sidecar.Proxy;
using DaprSocial.Sidecar.PubSub;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace DaprSocial.Sidecar.Mesh;

/// <summary>One sidecar: a server with a gRPC port (h2c) and an HTTP port, and the connection to its app.</summary>
internal sealed class RunningSidecar : IAsyncDisposable
{
    // daprd's default of --dapr-graceful-shutdown-seconds.
    private static readonly TimeSpan _shutdownTimeout = TimeSpan.FromSeconds(5);

    private readonly WebApplication _server;
    private readonly InMemoryBroker _broker;
    private readonly AppConnector _connector;
    private readonly SemaphoreSlim _attaching = new(1);
    private readonly TaskCompletionSource _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ListenOptions? _grpcPort;
    private ListenOptions? _httpPort;
    private volatile AppConnection? _app;
    private Task? _stopping;

    public RunningSidecar(SidecarOptions options, SidecarIdentity identity, MeshParts mesh)
    {
        Identity = identity;
        _broker = mesh.Broker;
        _connector = new AppConnector(identity, mesh.Broker, mesh.Clock, mesh.Logger);
        _server = Build(options, mesh);
    }

    public SidecarIdentity Identity { get; }

    public int GrpcPort => _grpcPort!.IPEndPoint!.Port;

    public int HttpPort => _httpPort!.IPEndPoint!.Port;

    /// <summary>Completes when events flow to the app; at once when there is none.</summary>
    public Task Ready => _app?.Ready ?? Task.CompletedTask;

    /// <summary>Completes when the sidecar has stopped.</summary>
    public Task Stopped => _stopped.Task;

    public Task StartAsync(CancellationToken cancellationToken) => _server.StartAsync(cancellationToken);

    /// <summary>Connects to an app at a port, in place of the one before.</summary>
    public async Task AttachAsync(int port, CancellationToken cancellationToken)
    {
        await _attaching.WaitAsync(cancellationToken);
        try
        {
            // So that no event meets the old connection while it ends; the new one holds them on until it is ready.
            using var hold = _broker.PauseSubscriber(Identity.AppId);
            if (_app is { } before)
                await before.DisposeAsync();
            Identity.App.Attach(port);
            _app = new AppConnection(_connector, port, Identity.App.Token);
        }
        finally
        {
            _attaching.Release();
        }
    }

    /// <summary>Starts to stop: calls in flight, such as the one that asked for it, end first.</summary>
    public void BeginStop() => _stopping ??= StopAsync();

    public async ValueTask DisposeAsync()
    {
        if (_app is { } app)
            await app.DisposeAsync();
        if (_stopping is { } stopping)
            await stopping;
        await _server.DisposeAsync();
        _attaching.Dispose();
        _stopped.TrySetResult();
    }

    private async Task StopAsync()
    {
        await Task.Yield();
        await _server.StopAsync(CancellationToken.None);
        _stopped.TrySetResult();
    }

    private WebApplication Build(SidecarOptions options, MeshParts mesh)
    {
        // Empty: a sidecar inside a test or a launcher must not read that process's appsettings and environment.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => Configure(kestrel, options));
        builder.Services.AddSingleton<ILoggerProvider>(_ => new ForwardingLoggerProvider(mesh.LoggerFactory));
        builder.Logging.AddFilter("Microsoft", LogLevel.Warning).AddFilter("Grpc", LogLevel.Warning);
        // Without a listener the server makes no activity for each request, which the hot path would pay for.
        builder.Logging.AddFilter("Microsoft.AspNetCore.Hosting", LogLevel.None);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = _shutdownTimeout);
        builder.Services.AddSingleton<IHostLifetime, EmbeddedLifetime>();
        builder.Services.AddRouting();
        builder.Services.AddGrpc();
        builder.Services.AddSingleton(this).AddSingleton(Identity).AddSingleton(mesh.Broker).AddSingleton(mesh.Clock);
        builder.Services.AddSingleton(mesh.StateStores);
        builder.Services.AddSingleton<EventPublisher>().AddSingleton<StateApi>();

        var server = builder.Build();
        var proxy = new GrpcProxy(options.AppId, mesh.Registry, mesh.Invoker, mesh.Clock);
        // Ahead of routing, so that proxied calls do not pay for it.
        server.Use(next => context => IsProxied(context.Request) ? proxy.ForwardAsync(context) : next(context));
        server.UseRouting();
        server.MapGrpcService<DaprGrpcService>();
        HttpApi.Map(server, this, mesh.Broker);
        return server;
    }

    private void Configure(KestrelServerOptions kestrel, SidecarOptions options)
    {
        kestrel.AddServerHeader = false;
        kestrel.RequestHeaderEncodingSelector = _ => Encoding.Latin1;
        kestrel.ResponseHeaderEncodingSelector = _ => Encoding.Latin1;
        // Streams live long, may be silent, and carry any amount.
        kestrel.Limits.MaxRequestBodySize = null;
        kestrel.Limits.MinRequestBodyDataRate = null;
        kestrel.Limits.MinResponseDataRate = null;
        kestrel.Limits.Http2.MaxStreamsPerConnection = 1000;
        kestrel.Listen(IPAddress.Loopback, options.GrpcPort, listen =>
        {
            listen.Protocols = HttpProtocols.Http2;
            _grpcPort = listen;
        });
        kestrel.Listen(IPAddress.Loopback, options.HttpPort, listen =>
        {
            listen.Protocols = HttpProtocols.Http1;
            _httpPort = listen;
        });
    }

    private static bool IsProxied(HttpRequest request) =>
        HttpProtocol.IsHttp2(request.Protocol)
        && !request.Path.Value!.StartsWith(DaprGrpcService.PathPrefix, StringComparison.Ordinal);
}
