using System.Runtime.CompilerServices;
using Grpc.Core;
using Grpc.Core.Interceptors;
using Grpc.Net.Client;
using Grpc.Net.ClientFactory;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Says how the clients of a registration are made, or those of all when the builder has no name.</summary>
/// <remarks>Every one throws InvalidOperationException when the builder is not that of a gRPC client.</remarks>
public static class GrpcHttpClientBuilderExtensions
{
    /// <summary>Changes the options of the channel.</summary>
    /// <param name="builder">The client.</param>
    /// <param name="configureChannel">Is called once, when the channel is made.</param>
    public static IHttpClientBuilder ConfigureChannel(
        this IHttpClientBuilder builder, Action<GrpcChannelOptions> configureChannel)
    {
        ArgumentNullException.ThrowIfNull(configureChannel);
        return builder.Configure((_, options) => options.ChannelOptionsActions.Add(configureChannel));
    }

    /// <param name="builder">The client.</param>
    /// <param name="configureChannel">Is called once, when the channel is made, with the root's services.</param>
    /// <inheritdoc cref="ConfigureChannel(IHttpClientBuilder, Action{GrpcChannelOptions})"/>
    public static IHttpClientBuilder ConfigureChannel(
        this IHttpClientBuilder builder, Action<IServiceProvider, GrpcChannelOptions> configureChannel)
    {
        ArgumentNullException.ThrowIfNull(configureChannel);
        return builder.Configure((services, options) =>
            options.ChannelOptionsActions.Add(channel => configureChannel(services, channel)));
    }

    /// <summary>Adds an interceptor after those added before; one of the client precedes all of the channel.</summary>
    /// <param name="builder">The client.</param>
    /// <param name="configureInvoker">Makes the interceptor, once for the channel.</param>
    public static IHttpClientBuilder AddInterceptor(
        this IHttpClientBuilder builder, Func<Interceptor> configureInvoker) =>
        builder.AddInterceptor(InterceptorScope.Channel, configureInvoker);

    /// <param name="builder">The client.</param>
    /// <param name="scope">Whether it is made for the channel or for every client.</param>
    /// <param name="configureInvoker">Makes the interceptor.</param>
    /// <inheritdoc cref="AddInterceptor(IHttpClientBuilder, Func{Interceptor})"/>
    public static IHttpClientBuilder AddInterceptor(
        this IHttpClientBuilder builder, InterceptorScope scope, Func<Interceptor> configureInvoker)
    {
        ArgumentNullException.ThrowIfNull(configureInvoker);
        return builder.AddInterceptor(scope, _ => configureInvoker());
    }

    /// <param name="builder">The client.</param>
    /// <param name="configureInvoker">Makes the interceptor, once for the channel, with the root's services.</param>
    /// <inheritdoc cref="AddInterceptor(IHttpClientBuilder, Func{Interceptor})"/>
    public static IHttpClientBuilder AddInterceptor(
        this IHttpClientBuilder builder, Func<IServiceProvider, Interceptor> configureInvoker) =>
        builder.AddInterceptor(InterceptorScope.Channel, configureInvoker);

    /// <param name="builder">The client.</param>
    /// <param name="scope">Whether it is made for the channel or for every client.</param>
    /// <param name="configureInvoker">
    /// Makes the interceptor, with the root's services or those of the client's scope.
    /// </param>
    /// <inheritdoc cref="AddInterceptor(IHttpClientBuilder, Func{Interceptor})"/>
    public static IHttpClientBuilder AddInterceptor(
        this IHttpClientBuilder builder, InterceptorScope scope, Func<IServiceProvider, Interceptor> configureInvoker)
    {
        var registration = new InterceptorRegistration(scope, configureInvoker);
        return builder.Configure((_, options) => options.InterceptorRegistrations.Add(registration));
    }

    /// <typeparam name="TInterceptor">The interceptor; it is a registered service.</typeparam>
    /// <param name="builder">The client.</param>
    /// <inheritdoc cref="AddInterceptor(IHttpClientBuilder, Func{Interceptor})"/>
    public static IHttpClientBuilder AddInterceptor<TInterceptor>(this IHttpClientBuilder builder)
        where TInterceptor : Interceptor =>
        builder.AddInterceptor<TInterceptor>(InterceptorScope.Channel);

    /// <typeparam name="TInterceptor">The interceptor; it is a registered service.</typeparam>
    /// <param name="builder">The client.</param>
    /// <param name="scope">Whether it is resolved for the channel or for every client.</param>
    /// <inheritdoc cref="AddInterceptor(IHttpClientBuilder, Func{Interceptor})"/>
    public static IHttpClientBuilder AddInterceptor<TInterceptor>(
        this IHttpClientBuilder builder, InterceptorScope scope)
        where TInterceptor : Interceptor =>
        builder.AddInterceptor(scope, services => services.GetRequiredService<TInterceptor>());

    /// <summary>Adds credentials to every call, after those that the call has.</summary>
    /// <remarks>
    /// Where the channel has no TLS no client is made, unless the channel has UnsafeUseInsecureChannelCallCredentials.
    /// </remarks>
    /// <param name="builder">The client.</param>
    /// <param name="authInterceptor">Adds headers to a call before it starts.</param>
    public static IHttpClientBuilder AddCallCredentials(
        this IHttpClientBuilder builder, Func<AuthInterceptorContext, Metadata, Task> authInterceptor)
    {
        ArgumentNullException.ThrowIfNull(authInterceptor);
        return builder.AddCallCredentials(CallCredentials.FromInterceptor(new AsyncAuthInterceptor(authInterceptor)));
    }

    /// <param name="builder">The client.</param>
    /// <param name="authInterceptor">
    /// Adds headers to a call before it starts, with the services of the client's scope.
    /// </param>
    /// <inheritdoc cref="AddCallCredentials(IHttpClientBuilder, Func{AuthInterceptorContext, Metadata, Task})"/>
    public static IHttpClientBuilder AddCallCredentials(
        this IHttpClientBuilder builder, Func<AuthInterceptorContext, Metadata, IServiceProvider, Task> authInterceptor)
    {
        ArgumentNullException.ThrowIfNull(authInterceptor);
        return builder.AddCredentials(services => CallCredentials.FromInterceptor(
            (context, metadata) => authInterceptor(context, metadata, services)));
    }

    /// <param name="builder">The client.</param>
    /// <param name="credentials">The credentials.</param>
    /// <inheritdoc cref="AddCallCredentials(IHttpClientBuilder, Func{AuthInterceptorContext, Metadata, Task})"/>
    public static IHttpClientBuilder AddCallCredentials(this IHttpClientBuilder builder, CallCredentials credentials)
    {
        ArgumentNullException.ThrowIfNull(credentials);
        return builder.AddCredentials(_ => credentials);
    }

    /// <summary>Makes clients otherwise than by their constructor; the last creator counts.</summary>
    /// <param name="builder">The client.</param>
    /// <param name="configureCreator">Makes a client over an invoker.</param>
    public static IHttpClientBuilder ConfigureGrpcClientCreator(
        this IHttpClientBuilder builder, Func<CallInvoker, object> configureCreator)
    {
        ArgumentNullException.ThrowIfNull(configureCreator);
        return builder.Configure((_, options) => options.Creator = configureCreator);
    }

    /// <param name="builder">The client.</param>
    /// <param name="configureCreator">Makes a client over an invoker, with the root's services.</param>
    /// <inheritdoc cref="ConfigureGrpcClientCreator(IHttpClientBuilder, Func{CallInvoker, object})"/>
    public static IHttpClientBuilder ConfigureGrpcClientCreator(
        this IHttpClientBuilder builder, Func<IServiceProvider, CallInvoker, object> configureCreator)
    {
        ArgumentNullException.ThrowIfNull(configureCreator);
        return builder.Configure((services, options) =>
            options.Creator = invoker => configureCreator(services, invoker));
    }

    private static IHttpClientBuilder AddCredentials(
        this IHttpClientBuilder builder, Func<IServiceProvider, CallCredentials> create,
        [CallerMemberName] string caller = "") =>
        builder.Configure(
            (_, options) =>
            {
                options.HasCallCredentials = true;
                options.CallOptionsActions.Add(call =>
                {
                    var added = create(call.ServiceProvider);
                    call.CallOptions = call.CallOptions.WithCredentials(
                        call.CallOptions.Credentials is { } own ? CallCredentials.Compose(own, added) : added);
                });
            },
            caller);

    private static IHttpClientBuilder Configure(
        this IHttpClientBuilder builder, Action<IServiceProvider, GrpcClientFactoryOptions> configure,
        [CallerMemberName] string caller = "")
    {
        ArgumentNullException.ThrowIfNull(builder);
        // A builder without a name is that of defaults for all clients, which may come before any of them.
        if (builder.Name is { } name && GrpcClientRegistry.Find(builder.Services)?.Contains(name) is not true)
            throw new InvalidOperationException($"{caller} is for gRPC clients; '{name}' is none (AddGrpcClient).");
        builder.Services.AddTransient<IConfigureOptions<GrpcClientFactoryOptions>>(services =>
            new ConfigureNamedOptions<GrpcClientFactoryOptions>(
                builder.Name, options => configure(services, options)));
        return builder;
    }
}
