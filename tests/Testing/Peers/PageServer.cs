using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace DaprSocial.Testing.Peers;

/// <summary>Serves a page that runs one script, from an origin of its own.</summary>
public sealed class PageServer : IAsyncDisposable
{
    private const string Page =
        """<!doctype html><meta charset="utf-8"><title>Test</title><script src="/script.js"></script>""";

    private readonly WebApplication _application;

    private PageServer(WebApplication application) => _application = application;

    /// <summary>Of the page.</summary>
    public Uri Address => new(_application.Urls.Single());

    /// <summary>Serves until it is disposed.</summary>
    public static async Task<PageServer> StartAsync(string script)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(static kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var application = builder.Build();
        application.MapGet("/", static () => Results.Text(Page, "text/html"));
        application.MapGet("/script.js", () => Results.Text(script, "text/javascript"));
        await application.StartAsync();
        return new PageServer(application);
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync() => _application.DisposeAsync();
}
