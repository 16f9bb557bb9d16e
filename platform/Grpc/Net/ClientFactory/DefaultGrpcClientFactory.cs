using Grpc.Core.Interceptors;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Grpc.Net.ClientFactory;

/// <summary>
/// Makes clients in the scope that it was resolved in. A call passes: actions on its options, ready interceptors, those
/// of the client, those of the channel, the channel.
/// </summary>
internal sealed class DefaultGrpcClientFactory(
    IServiceProvider services,
    GrpcClientRegistry registry,
    GrpcChannels channels,
    IOptionsMonitor<GrpcClientFactoryOptions> clientOptions) : GrpcClientFactory
{
    public override TClient CreateClient<TClient>(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        registry.Demand(name, typeof(TClient));
        var options = clientOptions.Get(name);
        var invoker = channels.InvokerOf(name, typeof(TClient))
            .Intercept(options.CreateInterceptors(InterceptorScope.Client, services))
            .Intercept([.. options.ReadyInterceptors]);
        if (options.CallOptionsActions.Count > 0)
            invoker = invoker.Intercept(new CallOptionsInterceptor(options.CallOptionsActions, services));
        return options.Creator is { } create
            ? Created<TClient>(name, create(invoker))
            : services.GetRequiredService<GrpcClientActivator<TClient>>().Create(services, invoker);
    }

    private static TClient Created<TClient>(string name, object? client) =>
        client is TClient created ? created : throw new InvalidOperationException(
            $"The creator of the gRPC client '{name}' gave {client?.GetType().ToString() ?? "null"}, "
            + $"not {typeof(TClient)}.");
}
