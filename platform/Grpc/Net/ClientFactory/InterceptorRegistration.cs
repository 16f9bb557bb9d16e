using Grpc.Core.Interceptors;

namespace Grpc.Net.ClientFactory;

/// <summary>How an interceptor of a registered client is made.</summary>
public class InterceptorRegistration
{
    /// <summary>Describes an interceptor.</summary>
    /// <param name="scope">How long it lives.</param>
    /// <param name="creator">Makes it, given the services of its scope.</param>
    public InterceptorRegistration(InterceptorScope scope, Func<IServiceProvider, Interceptor> creator)
    {
        ArgumentNullException.ThrowIfNull(creator);
        Scope = scope;
        Creator = creator;
    }

    /// <summary>How long the interceptor lives.</summary>
    public InterceptorScope Scope { get; }

    internal Func<IServiceProvider, Interceptor> Creator { get; }
}
