using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Grpc.AspNetCore.Web;

/// <summary>
/// Makes a gRPC-Web call look like gRPC to what comes after, and the answer like gRPC-Web to who called.
/// </summary>
internal sealed class GrpcWebMiddleware(RequestDelegate next, GrpcWebOptions options)
{
    public Task InvokeAsync(HttpContext context) =>
        HttpMethods.IsPost(context.Request.Method)
        && GrpcWebContent.Parse(context.Request.ContentType) is { } content
        && IsEnabled(context)
            ? CallAsync(context, content)
            : next(context);

    private bool IsEnabled(HttpContext context) =>
        context.GetEndpoint()?.Metadata.GetMetadata<IGrpcWebEnabledMetadata>()?.GrpcWebEnabled
        ?? options.DefaultEnabled;

    private async Task CallAsync(HttpContext context, GrpcWebContent request)
    {
        // Who does not say what it accepts gets what it sent.
        var answer = GrpcWebContent.Parse(context.Request.Headers.Accept) ?? request;
        var feature = new GrpcWebFeature(context, request.IsText, answer.IsText);
        var protocol = context.Request.Protocol;
        context.Request.Protocol = HttpProtocol.Http2;
        context.Request.ContentType = request.GrpcContentType;
        context.Response.OnStarting(() =>
        {
            context.Request.Protocol = protocol;
            if (context.Response.ContentType is { } type
                && type.StartsWith("application/grpc", StringComparison.Ordinal))
            {
                context.Response.ContentType = answer.AnswerContentType;
            }

            return Task.CompletedTask;
        });
        await next(context);
        await feature.WriteTrailersAsync();
    }
}
