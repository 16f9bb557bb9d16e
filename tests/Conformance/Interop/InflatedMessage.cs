using Grpc.AspNetCore.Server;
using Grpc.Core;
using Microsoft.AspNetCore.Http;

namespace DaprSocial.Conformance.Interop;

/// <summary>Notes on each call of a server whether the message read last came compressed.</summary>
internal static class InflatedMessage
{
    private static readonly object _key = new();

    /// <summary>Compresses what a handler does not exempt, and takes these notes.</summary>
    public static void Watch(GrpcServiceOptions options)
    {
        // Every accessor shows the call in whose flow it is asked.
        var accessor = new HttpContextAccessor();
        options.CompressionProviders = [new WatchedGzip(() => accessor.HttpContext!.Items[_key] = true)];
        options.ResponseCompressionAlgorithm = WatchedGzip.Encoding;
    }

    /// <returns>Whether a message was inflated since this was last asked.</returns>
    public static bool Take(ServerCallContext context) => context.GetHttpContext().Items.Remove(_key);
}
