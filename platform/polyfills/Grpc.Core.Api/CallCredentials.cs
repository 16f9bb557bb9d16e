using Grpc.Core.Internal;

namespace Grpc.Core;

/// <summary>What a caller shows in the headers of its calls. A channel reads it by way of a configurator.</summary>
public abstract class CallCredentials
{
    /// <summary>Joins credentials; each adds its headers, in the order given.</summary>
    /// <param name="credentials">The credentials, at least two.</param>
    /// <returns>The joined credentials.</returns>
    /// <exception cref="ArgumentException">There are fewer than two.</exception>
    public static CallCredentials Compose(params CallCredentials[] credentials) =>
        new CompositeCallCredentials(credentials);

    /// <summary>Makes credentials of a function that adds headers to each call.</summary>
    /// <param name="interceptor">The function.</param>
    /// <returns>The credentials.</returns>
    public static CallCredentials FromInterceptor(AsyncAuthInterceptor interceptor) =>
        new AsyncAuthInterceptorCredentials(interceptor);

    /// <summary>Tells a configurator what these credentials are, by calling one of its methods.</summary>
    /// <param name="configurator">The configurator.</param>
    /// <param name="state">Handed on to the configurator.</param>
    public abstract void InternalPopulateConfiguration(CallCredentialsConfiguratorBase configurator, object? state);
}
