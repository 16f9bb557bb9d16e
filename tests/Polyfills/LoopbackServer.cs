using System.Net;
using Grpc.AspNetCore.Server;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace DaprSocial.Polyfills.Tests;

/// <summary>A real server with <see cref="EchoService"/> on a free port of this machine, in plain HTTP/2.</summary>
internal sealed class LoopbackServer : IAsyncDisposable
{
    private readonly WebApplication _application;
    private readonly List<GrpcChannel> _channels = [];

    private LoopbackServer(WebApplication application) => _application = application;

    public EchoService Service => _application.Services.GetRequiredService<EchoService>();

    public static Task<LoopbackServer> StartAsync(Action<GrpcServiceOptions>? configure = null) =>
        StartAsync(configure ?? (_ => { }), application => application.MapGrpcService<EchoService>());

    public static async Task<LoopbackServer> StartAsync(
        Action<GrpcServiceOptions> configure,
        Action<WebApplication> map)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddGrpc(configure);
        builder.Services.AddSingleton<EchoService>();
        builder.WebHost.ConfigureKestrel(kestrel =>
            kestrel.Listen(IPAddress.Loopback, 0, listener => listener.Protocols = HttpProtocols.Http2));
        var application = builder.Build();
        map(application);
        await application.StartAsync();
        return new LoopbackServer(application);
    }

    public GrpcChannel CreateChannel(Action<GrpcChannelOptions>? configure = null)
    {
        var options = new GrpcChannelOptions();
        configure?.Invoke(options);
        var channel = GrpcChannel.ForAddress(_application.Urls.Single(), options);
        _channels.Add(channel);
        return channel;
    }

    public Task StopAsync() => _application.StopAsync();

    public async ValueTask DisposeAsync()
    {
        _channels.ForEach(channel => channel.Dispose());
        await _application.DisposeAsync();
    }
}
