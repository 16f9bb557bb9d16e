using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace DaprSocial.Load.Tests.Fakes;

/// <summary>All services behind one address on loopback.</summary>
internal sealed class FakeMesh : IAsyncDisposable
{
    private readonly WebApplication _app;

    private FakeMesh(WebApplication app, FakeSocial social)
    {
        _app = app;
        Social = social;
        Address = new Uri(app.Urls.Single());
    }

    public FakeSocial Social { get; }

    public Uri Address { get; }

    public static async Task<FakeMesh> StartAsync(CancellationToken cancellationToken)
    {
        var social = new FakeSocial(TimeProvider.System);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(
            IPAddress.Loopback, 0, listener => listener.Protocols = HttpProtocols.Http2));
        builder.Services.AddSingleton(social);
        builder.Services.AddGrpc();
        var app = builder.Build();
        app.MapGrpcService<FakeUserService>();
        app.MapGrpcService<FakePostService>();
        app.MapGrpcService<FakeGraphService>();
        app.MapGrpcService<FakeTimelineService>();
        app.MapGrpcService<FakeSearchService>();
        app.MapGrpcService<FakeEventLogService>();
        await app.StartAsync(cancellationToken);
        return new FakeMesh(app, social);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
