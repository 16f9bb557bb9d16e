using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace DaprSocial.Conformance.Interop;

/// <summary>
/// The service of the interop cases on loopback: plain HTTP/2 for gRPC, and HTTP/1.1 for gRPC-Web, to pages of every
/// origin.
/// </summary>
public sealed class InteropServer : IAsyncLifetime
{
    private WebApplication _application = null!;

    public Uri Grpc { get; private set; } = null!;

    public Uri Web { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddHttpContextAccessor();
        builder.Services.AddGrpc(InflatedMessage.Watch);
        builder.Services.AddCors(cors => cors.AddDefaultPolicy(policy => policy
            .AllowAnyOrigin()
            .AllowAnyMethod()
            .AllowAnyHeader()
            .WithExposedHeaders(
                "grpc-status", "grpc-message", "grpc-status-details-bin", "grpc-encoding", "grpc-accept-encoding",
                TestServiceImpl.InitialKey, TestServiceImpl.TrailingKey)));
        // Calls that a case left open must not hold up the end.
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.Zero);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, 0, listener => listener.Protocols = HttpProtocols.Http2);
            kestrel.Listen(IPAddress.Loopback, 0, listener => listener.Protocols = HttpProtocols.Http1);
        });
        _application = builder.Build();
        _application.UseRouting();
        _application.UseCors();
        _application.UseGrpcWeb(new GrpcWebOptions { DefaultEnabled = true });
        _application.MapGrpcService<TestServiceImpl>();
        await _application.StartAsync();
        // In the order of the listeners.
        var urls = _application.Urls.ToList();
        (Grpc, Web) = (new Uri(urls[0]), new Uri(urls[1]));
    }

    public async Task DisposeAsync() => await _application.DisposeAsync();
}
