using Grpc.AspNetCore.ClientFactory;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Ties the calls of a registered client to the call being served.</summary>
public static class GrpcServerHttpClientBuilderExtensions
{
    /// <summary>
    /// Ends the calls of a client with the call being served: each has the earlier of both deadlines, and is cancelled
    /// with either.
    /// </summary>
    /// <param name="builder">The client.</param>
    /// <exception cref="InvalidOperationException">The builder is not that of a gRPC client.</exception>
    public static IHttpClientBuilder EnableCallContextPropagation(this IHttpClientBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.AddInterceptor(services => new ContextPropagationInterceptor(
            services.GetRequiredService<IOptionsMonitor<GrpcContextPropagationOptions>>().Get(builder.Name),
            services.GetRequiredService<IHttpContextAccessor>()));
        builder.Services.AddHttpContextAccessor();
        return builder;
    }

    /// <param name="builder">The client.</param>
    /// <param name="configureOptions">Says what holds where no gRPC call is being served, for this client.</param>
    /// <inheritdoc cref="EnableCallContextPropagation(IHttpClientBuilder)"/>
    public static IHttpClientBuilder EnableCallContextPropagation(
        this IHttpClientBuilder builder, Action<GrpcContextPropagationOptions> configureOptions)
    {
        ArgumentNullException.ThrowIfNull(configureOptions);
        builder.EnableCallContextPropagation();
        builder.Services.Configure(builder.Name, configureOptions);
        return builder;
    }
}
