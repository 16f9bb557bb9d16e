using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace DaprSocial.Hosting.Web;

/// <summary>gRPC-Web for pages of the origins that <see cref="ServiceOptions.WebOrigins" /> names.</summary>
internal static class BrowserCalls
{
    private static readonly TimeSpan _preflightAge = TimeSpan.FromHours(1);

    private static readonly string[] _requestHeaders =
    [
        "authorization", "content-type", "grpc-timeout", "traceparent", "tracestate", "x-grpc-web", "x-user-agent",
        HeaderCaller.Header,
    ];

    // Of an answer that has no body; otherwise they are in it.
    private static readonly string[] _answerHeaders =
        ["grpc-status", "grpc-message", "grpc-status-details-bin", "grpc-encoding", "grpc-accept-encoding"];

    /// <summary>Registers the policy that tells browsers which pages may call.</summary>
    public static void AddBrowserCalls(this IServiceCollection services)
    {
        services.AddCors();
        services.AddOptions<CorsOptions>().Configure<IOptions<ServiceOptions>>(static (cors, options) =>
            cors.AddDefaultPolicy(policy => policy
                .WithOrigins([.. options.Value.ParseWebOrigins()])
                .WithMethods(HttpMethods.Post)
                .WithHeaders(_requestHeaders)
                .WithExposedHeaders(_answerHeaders)
                .SetPreflightMaxAge(_preflightAge)));
    }

    /// <summary>To be called before what looks at calls, which then sees gRPC-Web as gRPC.</summary>
    public static void UseBrowserCalls(this WebApplication app)
    {
        var options = app.Services.GetRequiredService<IOptions<ServiceOptions>>().Value;
        var origins = options.ParseWebOrigins();
        app.Use((context, next) =>
        {
            var port = context.Connection.LocalPort;
            if (!IsGrpc(context.Request))
                return next(context);
            if (port == options.HttpPort)
                return RefuseAsync(context, StatusCodes.Status404NotFound);
            return port == options.WebPort && IsForeign(context.Request, origins)
                ? RefuseAsync(context, StatusCodes.Status403Forbidden)
                : next(context);
        });
        app.UseCors();
        app.UseGrpcWeb(new GrpcWebOptions { DefaultEnabled = true });
    }

    private static bool IsGrpc(HttpRequest request) =>
        request.ContentType?.StartsWith("application/grpc", StringComparison.OrdinalIgnoreCase) is true;

    // A page that reaches loopback under a name of its own is of one origin with it to the browser, which then does
    // not ask whether it may call.
    private static bool IsForeign(HttpRequest request, IReadOnlyList<string> origins) =>
        request.Headers.Origin is [{ } origin, ..] && !origins.Contains(origin, StringComparer.OrdinalIgnoreCase);

    private static Task RefuseAsync(HttpContext context, int status)
    {
        context.Response.StatusCode = status;
        return Task.CompletedTask;
    }
}
