namespace Grpc.Core;

/// <summary>Learns what call credentials are. A transport derives from it.</summary>
public abstract class CallCredentialsConfiguratorBase
{
    /// <summary>They are several, to be used in the order given.</summary>
    /// <param name="state">What <see cref="CallCredentials.InternalPopulateConfiguration"/> was given.</param>
    /// <param name="credentials">The several.</param>
    public abstract void SetCompositeCredentials(object? state, IReadOnlyList<CallCredentials> credentials);

    /// <summary>They are a function that adds headers.</summary>
    /// <param name="state">What <see cref="CallCredentials.InternalPopulateConfiguration"/> was given.</param>
    /// <param name="interceptor">The function.</param>
    public abstract void SetAsyncAuthInterceptorCredentials(object? state, AsyncAuthInterceptor interceptor);
}
