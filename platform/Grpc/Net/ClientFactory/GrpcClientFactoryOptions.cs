using Grpc.Core;
using Grpc.Core.Interceptors;
using Grpc.Net.Client;

namespace Grpc.Net.ClientFactory;

/// <summary>How the clients of one registration are made.</summary>
public class GrpcClientFactoryOptions
{
    /// <summary>Where the server is; needed, also where a creator makes clients without the channel.</summary>
    public Uri? Address { get; set; }

    /// <summary>Change the options of the channel, in this order, before it is made.</summary>
    public IList<Action<GrpcChannelOptions>> ChannelOptionsActions { get; } = [];

    /// <summary>Change the options of each call, in this order, before interceptors see them.</summary>
    public IList<Action<CallOptionsContext>> CallOptionsActions { get; } = [];

    /// <summary>Interceptors that exist already; they come before <see cref="InterceptorRegistrations"/>.</summary>
    [Obsolete("Use InterceptorRegistrations, which know the services and a scope.")]
    public IList<Interceptor> Interceptors => ReadyInterceptors;

    /// <summary>
    /// Interceptors of calls. Those of <see cref="InterceptorScope.Client"/> come before those of
    /// <see cref="InterceptorScope.Channel"/>; within a scope the first listed sees a call first.
    /// </summary>
    public IList<InterceptorRegistration> InterceptorRegistrations { get; } = [];

    /// <summary>Makes a client over an invoker; null for the type's constructor that takes an invoker.</summary>
    public Func<CallInvoker, object>? Creator { get; set; }

    /// <summary>Whether calls get credentials, which a channel without TLS would withhold.</summary>
    internal bool HasCallCredentials { get; set; }

    internal List<Interceptor> ReadyInterceptors { get; } = [];

    internal Interceptor[] CreateInterceptors(InterceptorScope scope, IServiceProvider services) =>
    [
        .. InterceptorRegistrations
            .Where(registration => registration.Scope == scope)
            .Select(registration => registration.Creator(services)),
    ];
}
