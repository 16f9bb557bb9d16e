using DaprSocial.Sidecar.Mesh;
using DaprSocial.Sidecar.PubSub;
using Google.Protobuf;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace DaprSocial.Sidecar.Api;

/// <summary>The part of daprd's HTTP API that apps, probes and people use: health, metadata, shutdown.</summary>
internal static class HttpApi
{
    public static void Map(IEndpointRouteBuilder routes, RunningSidecar sidecar, InMemoryBroker broker)
    {
        routes.MapGet("/v1.0/healthz", (string? appid) => Health(sidecar, appid));

        // True as soon as this can be asked: components are loaded and both ports listen before.
        routes.MapGet("/v1.0/healthz/outbound", () => Results.NoContent());
        routes.MapGet("/v1.0/metadata", () => Results.Text(
            JsonFormatter.Default.Format(MetadataReport.Of(sidecar.Identity, broker)), ContentType.Json));
        routes.MapPut("/v1.0/metadata/{key}", async (string key, HttpRequest request) =>
        {
            using var body = new StreamReader(request.Body);
            sidecar.Identity.Extended[key] = await body.ReadToEndAsync(request.HttpContext.RequestAborted);
            return Results.NoContent();
        });
        routes.MapPost("/v1.0/shutdown", () =>
        {
            sidecar.BeginStop();
            return Results.NoContent();
        });
    }

    private static IResult Health(RunningSidecar sidecar, string? appId)
    {
        if (appId is not null && appId != sidecar.Identity.AppId)
            return Failure("ERR_HEALTH_APPID_NOT_MATCH", $"dapr app-id does not match {appId}");
        return sidecar.Ready.IsCompletedSuccessfully
            ? Results.NoContent()
            : Failure("ERR_HEALTH_NOT_READY", "dapr is not ready: [app]");
    }

    private static IResult Failure(string errorCode, string message) =>
        Results.Json(new { errorCode, message }, statusCode: StatusCodes.Status500InternalServerError);
}
