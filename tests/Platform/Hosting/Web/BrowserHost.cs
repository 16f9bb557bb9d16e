using System.Net;
using DaprSocial.Hosting;
using DaprSocial.Hosting.Web;
using DaprSocial.Testing;
using Grpc.Health.V1;
using Grpc.HealthCheck;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace DaprSocial.Platform.Tests.Hosting.Web;

/// <summary>A server with the three listeners of a service, as browsers see it.</summary>
internal sealed class BrowserHost : IAsyncDisposable
{
    private readonly WebApplication _application;
    private readonly ServiceOptions _options;

    private BrowserHost(WebApplication application, ServiceOptions options) =>
        (_application, _options) = (application, options);

    public Uri Grpc => new($"http://127.0.0.1:{_options.AppPort}");

    public Uri Web => new($"http://127.0.0.1:{_options.WebPort}");

    /// <summary>What may be opened to others.</summary>
    public Uri Open => new($"http://127.0.0.1:{_options.HttpPort}");

    public static async Task<BrowserHost> StartAsync(string origins)
    {
        var ports = FreePorts.Find(3);
        var options = new ServiceOptions
        {
            AppPort = ports[0], WebPort = ports[1], HttpPort = ports[2], WebOrigins = origins,
        };
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(Microsoft.Extensions.Options.Options.Create(options));
        var health = new HealthServiceImpl();
        health.SetStatus("", HealthCheckResponse.Types.ServingStatus.Serving);
        builder.Services.AddSingleton(health);
        builder.Services.AddGrpc();
        builder.Services.AddBrowserCalls();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, ports[0], listener => listener.Protocols = HttpProtocols.Http2);
            kestrel.Listen(IPAddress.Loopback, ports[1], listener => listener.Protocols = HttpProtocols.Http1);
            kestrel.Listen(IPAddress.Loopback, ports[2], listener => listener.Protocols = HttpProtocols.Http1);
        });
        var application = builder.Build();
        application.UseBrowserCalls();
        application.MapGrpcService<HealthServiceImpl>();
        application.MapGet("/picture", () => "a picture");
        await application.StartAsync();
        return new BrowserHost(application, options);
    }

    public ValueTask DisposeAsync() => _application.DisposeAsync();
}
