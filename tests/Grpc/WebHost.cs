using System.Net;
using Grpc.Core;
using Grpc.HealthCheck;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace DaprSocial.Grpc.Tests;

/// <summary>A real server on loopback with two ports: HTTP/2 for gRPC, HTTP/1.1 for gRPC-Web.</summary>
internal sealed class WebHost : IAsyncDisposable
{
    private readonly WebApplication _application;
    private readonly GrpcChannel _channel;

    private WebHost(WebApplication application)
    {
        _application = application;
        // In the order of the listeners.
        var urls = application.Urls.ToList();
        (Grpc, Web) = (new Uri(urls[0]), new Uri(urls[1]));
        _channel = GrpcChannel.ForAddress(Grpc);
    }

    public Uri Grpc { get; }

    public Uri Web { get; }

    public CallInvoker Invoker => _channel.CreateCallInvoker();

    public HealthServiceImpl Health => _application.Services.GetRequiredService<HealthServiceImpl>();

    public static Task<WebHost> StartAsync() => StartAsync(
        _ => { },
        application =>
        {
            application.UseGrpcWeb(new GrpcWebOptions { DefaultEnabled = true });
            application.MapGrpcService<HealthServiceImpl>();
        });

    public static async Task<WebHost> StartAsync(Action<IServiceCollection> add, Action<WebApplication> map)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddGrpc();
        builder.Services.AddSingleton<HealthServiceImpl>();
        add(builder.Services);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, 0, listener => listener.Protocols = HttpProtocols.Http2);
            kestrel.Listen(IPAddress.Loopback, 0, listener => listener.Protocols = HttpProtocols.Http1);
        });
        var application = builder.Build();
        map(application);
        await application.StartAsync();
        return new WebHost(application);
    }

    public Task StopAsync() => _application.StopAsync();

    public async ValueTask DisposeAsync()
    {
        _channel.Dispose();
        await _application.DisposeAsync();
    }
}
