namespace Grpc.Core.Interceptors;

/// <summary>Puts interceptors before an invoker.</summary>
public static class CallInvokerExtensions
{
    /// <summary>Gives an invoker whose calls pass an interceptor first.</summary>
    /// <param name="invoker">The invoker that comes after.</param>
    /// <param name="interceptor">The interceptor.</param>
    /// <returns>The invoker.</returns>
    public static CallInvoker Intercept(this CallInvoker invoker, Interceptor interceptor)
    {
        ArgumentNullException.ThrowIfNull(invoker);
        ArgumentNullException.ThrowIfNull(interceptor);
        return new InterceptingCallInvoker(invoker, interceptor);
    }

    /// <summary>Gives an invoker whose calls pass interceptors first.</summary>
    /// <param name="invoker">The invoker that comes after.</param>
    /// <param name="interceptors">The interceptors; the first sees a call first and its outcome last.</param>
    /// <returns>The invoker.</returns>
    public static CallInvoker Intercept(this CallInvoker invoker, params Interceptor[] interceptors)
    {
        ArgumentNullException.ThrowIfNull(invoker);
        ArgumentNullException.ThrowIfNull(interceptors);
        for (var index = interceptors.Length - 1; index >= 0; index--)
            invoker = invoker.Intercept(interceptors[index]);

        return invoker;
    }

    /// <summary>Gives an invoker whose calls have their headers changed first.</summary>
    /// <param name="invoker">The invoker that comes after.</param>
    /// <param name="interceptor">Given the headers, never null, gives those to send.</param>
    /// <returns>The invoker.</returns>
    public static CallInvoker Intercept(this CallInvoker invoker, Func<Metadata, Metadata> interceptor)
    {
        ArgumentNullException.ThrowIfNull(invoker);
        ArgumentNullException.ThrowIfNull(interceptor);
        return new InterceptingCallInvoker(invoker, new MetadataInterceptor(interceptor));
    }
}
