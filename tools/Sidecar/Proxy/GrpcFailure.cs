using System.Globalization;
using System.Net.Sockets;
using Grpc.Core;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace DaprSocial.Sidecar.Proxy;

/// <summary>Answers a proxied call that did not reach, or lost, its app.</summary>
internal static class GrpcFailure
{
    public static void Write(HttpContext context, StatusCode code, string message)
    {
        var response = context.Response;
        var fields = response.Headers;
        if (response.HasStarted)
        {
            fields = context.Features.GetRequiredFeature<IHttpResponseTrailersFeature>().Trailers;
        }
        else
        {
            fields.Clear();
            response.StatusCode = StatusCodes.Status200OK;
            response.ContentType = "application/grpc";
        }

        fields["grpc-status"] = ((int)code).ToString(CultureInfo.InvariantCulture);
        fields["grpc-message"] = Uri.EscapeDataString(message);
    }

    /// <summary>The status of a broken exchange: gRPC's own mapping for a reset stream, else UNAVAILABLE.</summary>
    public static void Write(HttpContext context, Exception broken, int? port, TimeSpan elapsed)
    {
        if (Find<HttpProtocolException>(broken) is { } reset)
        {
            var text = string.Create(
                CultureInfo.InvariantCulture, $"stream terminated by RST_STREAM with error code: {reset.ErrorCode}");
            var status = OfReset(reset.ErrorCode);
            // A server resets what has outlived its deadline; so does grpc-go understand it.
            if (status == StatusCode.Cancelled && GrpcTimeout.IsPast(context.Request.Headers["grpc-timeout"], elapsed))
                status = StatusCode.DeadlineExceeded;
            Write(context, status, text);
            return;
        }

        var cause = Find<SocketException>(broken) is { SocketErrorCode: SocketError.ConnectionRefused }
            ? "connect: connection refused"
            : broken.Message;
        var detail = $"connection error: desc = \"transport: Error while dialing: dial tcp 127.0.0.1:{port}: {cause}\"";
        Write(context, StatusCode.Unavailable, detail);
    }

    // https://github.com/grpc/grpc/blob/master/doc/PROTOCOL-HTTP2.md#errors
    private static StatusCode OfReset(long errorCode) => errorCode switch
    {
        7 => StatusCode.Unavailable, // REFUSED_STREAM
        8 => StatusCode.Cancelled, // CANCEL
        11 => StatusCode.ResourceExhausted, // ENHANCE_YOUR_CALM
        12 => StatusCode.PermissionDenied, // INADEQUATE_SECURITY
        _ => StatusCode.Internal,
    };

    private static T? Find<T>(Exception? exception)
        where T : Exception
    {
        for (; exception is not null; exception = exception.InnerException)
        {
            if (exception is T found)
                return found;
        }

        return null;
    }
}
