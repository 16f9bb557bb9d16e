using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace DaprSocial.Sidecar.Faults;

/// <summary>
/// A door that no daprd has, on loopback and only if asked for: PUT /policy disturbs deliveries, PUT /apps/ID/PORT
/// moves an app to another instance of it, as a platform's service discovery would.
/// </summary>
internal static class FaultControl
{
    public static async Task<WebApplication> StartAsync(
        int port, SeededDeliveryFault fault, SidecarHost host, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(
            IPAddress.Loopback, port, listen => listen.Protocols = HttpProtocols.Http1));
        builder.Services.AddRouting();
        builder.Services.AddSingleton<IHostLifetime, Mesh.EmbeddedLifetime>();
        var app = builder.Build();
        app.UseRouting();
        app.MapPut("/policy", async context =>
        {
            fault.Policy = (await context.Request.ReadFromJsonAsync<DeliveryFaultPolicy>(context.RequestAborted))!;
            context.Response.StatusCode = StatusCodes.Status204NoContent;
        });
        app.MapPut("/apps/{id}/{port:int}", async context =>
        {
            var values = context.Request.RouteValues;
            var appPort = int.Parse((string)values["port"]!, CultureInfo.InvariantCulture);
            await host.AttachAppAsync((string)values["id"]!, appPort, context.RequestAborted);
            context.Response.StatusCode = StatusCodes.Status204NoContent;
        });
        await app.StartAsync(cancellationToken);
        return app;
    }
}
