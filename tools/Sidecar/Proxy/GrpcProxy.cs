using System.Buffers;
using System.IO.Pipelines;
using System.Net;
using DaprSocial.Sidecar.Mesh;
using Grpc.Core;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace DaprSocial.Sidecar.Proxy;

/// <summary>
/// Forwards every gRPC call that is not for the sidecar itself to the app named in its metadata. Works on HTTP/2
/// messages, never on gRPC ones: bytes, headers and trailers pass as they are, of any size (daprd stops at 4 MiB).
/// All sidecars share a process, so the hop that daprd makes from sidecar to sidecar is left out.
/// </summary>
internal sealed class GrpcProxy(
    string selfAppId, AppRegistry registry, HttpMessageInvoker transport, TimeProvider clock)
{
    private const int BufferBytes = 16 * 1024;
    private const int UnflushedBytesMax = 64 * 1024;

    public Task ForwardAsync(HttpContext context)
    {
        var headers = context.Request.Headers;
        var appId = headers[DaprHeaders.CalleeAppId] is [.., { Length: > 0 } callee] ? callee : null;
        appId ??= headers[DaprHeaders.AppId] is [.., { Length: > 0 } target] ? target : null;
        if (appId is null)
        {
            const string Missing =
                "failed to proxy request: required metadata dapr-callee-app-id or dapr-app-id not found";
            return Refuse(context, StatusCode.Unknown, Missing);
        }

        // "app.namespace" is legal; one process is one namespace.
        var dot = appId.IndexOf('.');
        if (dot >= 0 && appId.IndexOf('.', dot + 1) >= 0)
            return Refuse(context, StatusCode.Unknown, $"invalid app id {appId}");
        if (registry.Find(dot < 0 ? appId : appId[..dot]) is not { } app)
            return Refuse(context, StatusCode.Unknown, $"couldn't find service: {appId}");
        if (app.Port is null)
            return Refuse(context, StatusCode.Internal, "app channel is not initialized");

        var path = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        return app.Locate(path) is { } address
            ? ExchangeAsync(context, app, address)
            : Refuse(context, StatusCode.InvalidArgument, $"invalid method: {path}");
    }

    private static Task Refuse(HttpContext context, StatusCode code, string message)
    {
        GrpcFailure.Write(context, code, message);
        return Task.CompletedTask;
    }

    private async Task ExchangeAsync(HttpContext context, AppEndpoint app, Uri address)
    {
        var started = clock.GetTimestamp();
        var body = new StreamedBody(context.Request.BodyReader);
        using var request = new HttpRequestMessage(HttpMethod.Parse(context.Request.Method), address)
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = body,
        };
        ProxyHeaders.CopyRequest(context.Request.Headers, request, selfAppId, app);

        HttpResponseMessage? response = null;
        try
        {
            response = await transport.SendAsync(request, context.RequestAborted);
            ProxyHeaders.CopyResponse(response, context.Response);
            await CopyBodyAsync(response, context.Response.BodyWriter, context.RequestAborted);
            var trailers = context.Features.GetRequiredFeature<IHttpResponseTrailersFeature>().Trailers;
            ProxyHeaders.Copy(response.TrailingHeaders, trailers);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The caller has gone: disposing the response resets the app's stream, and nobody is left to answer.
        }
        catch (HttpRequestException broken)
        {
            GrpcFailure.Write(context, broken, app.Port, clock.GetElapsedTime(started));
        }
        catch (IOException broken)
        {
            GrpcFailure.Write(context, broken, app.Port, clock.GetElapsedTime(started));
        }
        finally
        {
            response?.Dispose();
            await body.StopAsync();
        }
    }

    private static async Task CopyBodyAsync(
        HttpResponseMessage response, PipeWriter target, CancellationToken cancellationToken)
    {
        var source = await response.Content.ReadAsStreamAsync(cancellationToken);
        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        var unflushedBytes = 1; // the response's headers
        while (true)
        {
            // Flushes when the app has nothing more to say just now, so that a unary answer leaves with its trailers.
            var reading = source.ReadAsync(buffer, cancellationToken);
            if (unflushedBytes > 0 && (!reading.IsCompleted || unflushedBytes > UnflushedBytesMax))
            {
                await target.FlushAsync(cancellationToken);
                unflushedBytes = 0;
            }

            var bytes = await reading;
            if (bytes == 0)
                break;
            target.Write(buffer.AsSpan(0, bytes));
            unflushedBytes += bytes;
        }

        // Not in a finally block: after a failed flush a read may still be writing to it.
        ArrayPool<byte>.Shared.Return(buffer);
    }
}
