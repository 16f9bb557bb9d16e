using Microsoft.Extensions.Http;
using Microsoft.Extensions.Options;

namespace Grpc.Net.ClientFactory;

/// <summary>What carries the calls of one registration, unless the application configures another handler.</summary>
internal sealed class GrpcPrimaryHandler(string client) : IConfigureNamedOptions<HttpClientFactoryOptions>
{
    public void Configure(HttpClientFactoryOptions options) => Configure(Options.DefaultName, options);

    public void Configure(string? name, HttpClientFactoryOptions options)
    {
        if (name != client)
            return;
        options.HttpMessageHandlerBuilderActions.Add(builder => builder.PrimaryHandler = new SocketsHttpHandler
        {
            // A server's limit of streams a connection, 100 with Kestrel, else makes calls queue.
            EnableMultipleHttp2Connections = true,
            // A channel keeps its handler for good. So it is connections that are renewed, and names looked up again.
            PooledConnectionLifetime = options.HandlerLifetime,
        });
    }
}
