namespace Grpc.Core.Interceptors;

/// <summary>Puts interceptors before a channel.</summary>
public static class ChannelExtensions
{
    /// <summary>Gives an invoker whose calls pass an interceptor first.</summary>
    /// <param name="channel">The channel that comes after.</param>
    /// <param name="interceptor">The interceptor.</param>
    /// <returns>The invoker.</returns>
    public static CallInvoker Intercept(this ChannelBase channel, Interceptor interceptor)
    {
        ArgumentNullException.ThrowIfNull(channel);
        return channel.CreateCallInvoker().Intercept(interceptor);
    }

    /// <summary>Gives an invoker whose calls pass interceptors first.</summary>
    /// <param name="channel">The channel that comes after.</param>
    /// <param name="interceptors">The interceptors; the first sees a call first and its outcome last.</param>
    /// <returns>The invoker.</returns>
    public static CallInvoker Intercept(this ChannelBase channel, params Interceptor[] interceptors)
    {
        ArgumentNullException.ThrowIfNull(channel);
        return channel.CreateCallInvoker().Intercept(interceptors);
    }

    /// <summary>Gives an invoker whose calls have their headers changed first.</summary>
    /// <param name="channel">The channel that comes after.</param>
    /// <param name="interceptor">Given the headers, never null, gives those to send.</param>
    /// <returns>The invoker.</returns>
    public static CallInvoker Intercept(this ChannelBase channel, Func<Metadata, Metadata> interceptor)
    {
        ArgumentNullException.ThrowIfNull(channel);
        return channel.CreateCallInvoker().Intercept(interceptor);
    }
}
