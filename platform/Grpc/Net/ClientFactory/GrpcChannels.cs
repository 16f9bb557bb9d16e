using System.Collections.Concurrent;
using Grpc.Core;
using Grpc.Core.Interceptors;
using Grpc.Net.Client;
using Microsoft.Extensions.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Grpc.Net.ClientFactory;

/// <summary>
/// The channels of registered clients, one a name, each made when it is first needed. Disposed with the services, which
/// ends the calls that are still open; the handlers belong to the handler factory.
/// </summary>
internal sealed class GrpcChannels(
    IServiceProvider services,
    IHttpMessageHandlerFactory handlers,
    IOptionsMonitor<HttpClientFactoryOptions> handlerOptions,
    IOptionsMonitor<GrpcClientFactoryOptions> clientOptions,
    ILoggerFactory loggers) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly List<GrpcChannel> _channels = [];
    private readonly ConcurrentDictionary<string, CallInvoker> _invokers = new(StringComparer.Ordinal);
    private bool _isDisposed;

    /// <summary>Gives the channel of a client with the interceptors that belong to it.</summary>
    public CallInvoker InvokerOf(string name, Type type)
    {
        if (_invokers.TryGetValue(name, out var known))
            return known;
        // An interceptor may take another registered client: the lock lets its own thread in again.
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            if (!_invokers.TryGetValue(name, out var invoker))
                _invokers[name] = invoker = Open(name, type);
            return invoker;
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _isDisposed = true;
            _channels.ForEach(channel => channel.Dispose());
        }
    }

    private CallInvoker Open(string name, Type type)
    {
        if (handlerOptions.Get(name).HttpClientActions.Count > 0)
        {
            throw new InvalidOperationException(
                $"ConfigureHttpClient does nothing for the gRPC client '{name}', which has no HttpClient: "
                + "use ConfigureChannel, or a handler.");
        }

        var client = clientOptions.Get(name);
        var address = client.Address ?? throw new InvalidOperationException(
            $"The gRPC client '{name}' has no address: "
            + $"services.AddGrpcClient<{type.Name}>(options => options.Address = new Uri(\"https://…\")).");
        // Before the channel, which is not made in vain when one of them fails.
        var interceptors = client.CreateInterceptors(InterceptorScope.Channel, services);
        var channel = GrpcChannel.ForAddress(address, ChannelOptionsOf(name, client, address));
        _channels.Add(channel);
        return channel.CreateCallInvoker().Intercept(interceptors);
    }

    private GrpcChannelOptions ChannelOptionsOf(string name, GrpcClientFactoryOptions client, Uri address)
    {
        var options = new GrpcChannelOptions
        {
            HttpHandler = handlers.CreateHandler(name), LoggerFactory = loggers, ServiceProvider = services,
        };
        foreach (var configure in client.ChannelOptionsActions)
            configure(options);
        if (client.HasCallCredentials && !options.UnsafeUseInsecureChannelCallCredentials && !HasTls(address, options))
        {
            throw new InvalidOperationException(
                $"The gRPC client '{name}' has call credentials, but {address} has no TLS. Use an address that has, or "
                + "ConfigureChannel(options => options.UnsafeUseInsecureChannelCallCredentials = true).");
        }

        return options;
    }

    // Schemes such as dns leave it to the channel's credentials; of http, the channel itself refuses those of TLS.
    private static bool HasTls(Uri address, GrpcChannelOptions options) =>
        address.Scheme == Uri.UriSchemeHttps
        || (options.Credentials is { } credentials && credentials != ChannelCredentials.Insecure);
}
