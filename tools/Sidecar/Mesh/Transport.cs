using System.Text;

namespace DaprSocial.Sidecar.Mesh;

/// <summary>How sidecars connect to apps: h2c, and nothing added to or taken from what passes.</summary>
internal static class Transport
{
    public static SocketsHttpHandler Create() => new()
    {
        EnableMultipleHttp2Connections = true,
        UseProxy = false,
        UseCookies = false,
        AllowAutoRedirect = false,
        AutomaticDecompression = System.Net.DecompressionMethods.None,
        // The caller's trace context passes as it is; a second traceparent would break the trace (dapr/dapr#10462).
        ActivityHeadersPropagator = null,
        // daprd's budget for a connection to its app.
        ConnectTimeout = TimeSpan.FromSeconds(20),
        // Latin-1 maps every byte to one character and back: header values pass untouched, whatever they hold.
        RequestHeaderEncodingSelector = (_, _) => Encoding.Latin1,
        ResponseHeaderEncodingSelector = (_, _) => Encoding.Latin1,
    };
}
