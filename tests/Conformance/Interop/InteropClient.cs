using Grpc.Net.Client;
using Grpc.Testing;

namespace DaprSocial.Conformance.Interop;

/// <summary>What the cases call by.</summary>
internal sealed class InteropClient : IDisposable
{
    private readonly IDisposable _connection;
    private int _inflatedCount;

    /// <summary>The official client, over HTTP/2.</summary>
    public InteropClient(Uri address)
    {
        var channel = GrpcChannel.ForAddress(address, new GrpcChannelOptions
        {
            CompressionProviders = [new WatchedGzip(() => Interlocked.Increment(ref _inflatedCount))],
        });
        (_connection, CanStreamRequests) = (channel, true);
        var invoker = channel.CreateCallInvoker();
        (Test, Nobody) = (new(invoker), new(invoker));
    }

    /// <summary>gRPC-Web.</summary>
    public InteropClient(WebInvoker invoker) =>
        (_connection, Test, Nobody) = (invoker, new(invoker), new(invoker));

    public TestService.TestServiceClient Test { get; }

    public UnimplementedService.UnimplementedServiceClient Nobody { get; }

    /// <summary>Whether there are calls with a stream of requests.</summary>
    public bool CanStreamRequests { get; }

    /// <returns>How many messages came compressed since this was last asked.</returns>
    public int TakeInflatedCount() => Interlocked.Exchange(ref _inflatedCount, 0);

    public void Dispose() => _connection.Dispose();
}
