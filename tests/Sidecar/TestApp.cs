using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;

namespace DaprSocial.Sidecar.Tests;

/// <summary>An app on a real socket.</summary>
internal sealed class TestApp : IAsyncDisposable
{
    private readonly WebApplication _server;
    private ListenOptions? _port;

    public TestApp(int port = 0, bool subscribes = true)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.Http2.MaxStreamsPerConnection = 1000;
            kestrel.Listen(IPAddress.Loopback, port, listen =>
            {
                listen.Protocols = HttpProtocols.Http2;
                _port = listen;
            });
        });
        builder.Services.AddRouting();
        builder.Services.AddGrpc(grpc => (grpc.MaxReceiveMessageSize, grpc.MaxSendMessageSize) = (null, null));
        builder.Services.AddSingleton(Probe).AddSingleton(Subscriber);
        _server = builder.Build();
        _server.UseRouting();
        _server.MapGrpcService<ProbeService>();
        if (subscribes)
            _server.MapGrpcService<SubscriberService>();
    }

    public ProbeService Probe { get; } = new();

    public SubscriberService Subscriber { get; } = new();

    public int Port => _port!.IPEndPoint!.Port;

    public Task StartAsync(CancellationToken cancellationToken) => _server.StartAsync(cancellationToken);

    public ValueTask DisposeAsync() => _server.DisposeAsync();
}
