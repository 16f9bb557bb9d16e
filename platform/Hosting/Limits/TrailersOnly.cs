using System.Globalization;
using Grpc.Core;
using Microsoft.AspNetCore.Http;

namespace DaprSocial.Hosting.Limits;

/// <summary>Ends a gRPC call before its handler is found: a status in the headers and no body.</summary>
internal static class TrailersOnly
{
    public static void Write(HttpResponse response, RpcException exception)
    {
        response.StatusCode = StatusCodes.Status200OK;
        response.ContentType = "application/grpc";
        response.Headers["grpc-status"] = ((int)exception.StatusCode).ToString(CultureInfo.InvariantCulture);
        response.Headers["grpc-message"] = Uri.EscapeDataString(exception.Status.Detail);
        foreach (var trailer in exception.Trailers)
        {
            response.Headers[trailer.Key] =
                trailer.IsBinary ? Convert.ToBase64String(trailer.ValueBytes) : trailer.Value;
        }
    }
}
