using System.Net;
using System.Net.Http.Headers;

namespace DaprSocial.Sidecar.Tests;

/// <summary>A request that never ends, and does not mind what becomes of the call.</summary>
internal sealed class OpenBody : HttpContent
{
    public OpenBody() => Headers.ContentType = new MediaTypeHeaderValue("application/grpc");

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
    {
        await stream.FlushAsync();
        await new TaskCompletionSource().Task;
    }

    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }
}
