using System.Net;
using DaprSocial.Dapr;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace DaprSocial.Testing;

/// <summary>A real gRPC server on a free port of this machine that serves one object, in the place of a sidecar.</summary>
public sealed class LoopbackServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private LoopbackServer(WebApplication app) => _app = app;

    /// <summary>The port that it listens on.</summary>
    public int Port => new Uri(_app.Urls.Single()).Port;

    /// <summary>Starts a server.</summary>
    /// <param name="service">The service's implementation; every call goes to this one object.</param>
    public static async Task<LoopbackServer> StartAsync<TService>(TService service)
        where TService : class
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddGrpc();
        builder.Services.AddSingleton(service);
        // Calls that a test left open must not hold up its end.
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.Zero);
        builder.WebHost.ConfigureKestrel(kestrel =>
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2));
        var app = builder.Build();
        app.MapGrpcService<TService>();
        await app.StartAsync();
        return new LoopbackServer(app);
    }

    /// <summary>A sidecar client whose sidecar is this server.</summary>
    public DaprClient CreateDaprClient() => new(Options.Create(new DaprOptions { GrpcPort = Port }));

    /// <inheritdoc />
    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
