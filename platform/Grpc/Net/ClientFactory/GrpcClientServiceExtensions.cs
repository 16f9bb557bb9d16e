using Grpc.Net.ClientFactory;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Http;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers gRPC clients.</summary>
/// <remarks>
/// A client is made whenever it is asked for and costs little; its channel is made once. Without a name, a client has
/// that of its type, without namespace. The builder given back takes what an HttpClient takes for handlers, and gRPC's
/// own: ConfigureChannel, AddInterceptor, AddCallCredentials.
/// </remarks>
public static class GrpcClientServiceExtensions
{
    /// <summary>Adds a client.</summary>
    /// <typeparam name="TClient">A generated client, or what a creator makes.</typeparam>
    /// <param name="services">Where to add it.</param>
    /// <exception cref="InvalidOperationException">The name stands for another type already.</exception>
    public static IHttpClientBuilder AddGrpcClient<TClient>(this IServiceCollection services)
        where TClient : class =>
        services.AddGrpcClient<TClient>(typeof(TClient).Name);

    /// <param name="services">Where to add it.</param>
    /// <param name="configureClient">Sets at least the address.</param>
    /// <inheritdoc cref="AddGrpcClient{TClient}(IServiceCollection)"/>
    public static IHttpClientBuilder AddGrpcClient<TClient>(
        this IServiceCollection services, Action<GrpcClientFactoryOptions> configureClient)
        where TClient : class =>
        services.AddGrpcClient<TClient>(typeof(TClient).Name, configureClient);

    /// <param name="services">Where to add it.</param>
    /// <param name="configureClient">Sets at least the address, with the root's services.</param>
    /// <inheritdoc cref="AddGrpcClient{TClient}(IServiceCollection)"/>
    public static IHttpClientBuilder AddGrpcClient<TClient>(
        this IServiceCollection services, Action<IServiceProvider, GrpcClientFactoryOptions> configureClient)
        where TClient : class =>
        services.AddGrpcClient<TClient>(typeof(TClient).Name, configureClient);

    /// <param name="services">Where to add it.</param>
    /// <param name="name">By which <see cref="GrpcClientFactory"/> gives it.</param>
    /// <inheritdoc cref="AddGrpcClient{TClient}(IServiceCollection)"/>
    public static IHttpClientBuilder AddGrpcClient<TClient>(this IServiceCollection services, string name)
        where TClient : class
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(name);
        var registry = GrpcClientRegistry.Find(services);
        if (registry is null)
            services.AddSingleton(registry = new GrpcClientRegistry());
        if (registry.Reserve(name, typeof(TClient)))
        {
            // First of all, so that every other configuration, be it of all clients, can choose another handler.
            services.Insert(0, ServiceDescriptor.Singleton<IConfigureOptions<HttpClientFactoryOptions>>(
                new GrpcPrimaryHandler(name)));
            services.AddTransient(
                provider => provider.GetRequiredService<GrpcClientFactory>().CreateClient<TClient>(name));
        }

        services.TryAddSingleton<GrpcChannels>();
        services.TryAddSingleton(typeof(GrpcClientActivator<>));
        // Not a singleton: it hands the services of its scope to interceptors and actions.
        services.TryAddTransient<GrpcClientFactory, DefaultGrpcClientFactory>();
        return services.AddHttpClient(name);
    }

    /// <param name="services">Where to add it.</param>
    /// <param name="name">By which <see cref="GrpcClientFactory"/> gives it.</param>
    /// <param name="configureClient">Sets at least the address.</param>
    /// <inheritdoc cref="AddGrpcClient{TClient}(IServiceCollection)"/>
    public static IHttpClientBuilder AddGrpcClient<TClient>(
        this IServiceCollection services, string name, Action<GrpcClientFactoryOptions> configureClient)
        where TClient : class
    {
        ArgumentNullException.ThrowIfNull(configureClient);
        return services.AddGrpcClient<TClient>(name, (_, options) => configureClient(options));
    }

    /// <param name="services">Where to add it.</param>
    /// <param name="name">By which <see cref="GrpcClientFactory"/> gives it.</param>
    /// <param name="configureClient">Sets at least the address, with the root's services.</param>
    /// <inheritdoc cref="AddGrpcClient{TClient}(IServiceCollection)"/>
    public static IHttpClientBuilder AddGrpcClient<TClient>(
        this IServiceCollection services, string name,
        Action<IServiceProvider, GrpcClientFactoryOptions> configureClient)
        where TClient : class
    {
        ArgumentNullException.ThrowIfNull(configureClient);
        var builder = services.AddGrpcClient<TClient>(name);
        services.AddTransient<IConfigureOptions<GrpcClientFactoryOptions>>(provider =>
            new ConfigureNamedOptions<GrpcClientFactoryOptions>(name, options => configureClient(provider, options)));
        return builder;
    }
}
