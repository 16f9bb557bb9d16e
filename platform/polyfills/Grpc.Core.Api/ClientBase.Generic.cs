namespace Grpc.Core;

/// <summary>What every generated client has, in terms of its own type.</summary>
/// <typeparam name="T">The generated client.</typeparam>
public abstract class ClientBase<T> : ClientBase
    where T : ClientBase<T>
{
    /// <summary>For test doubles: a client whose calls fail with <see cref="NotImplementedException"/>.</summary>
    protected ClientBase()
    {
    }

    /// <summary>Makes a client with settings taken over from another.</summary>
    /// <param name="configuration">The settings.</param>
    protected ClientBase(ClientBaseConfiguration configuration)
        : base(configuration)
    {
    }

    /// <summary>Makes a client of a channel.</summary>
    /// <param name="channel">The channel.</param>
    public ClientBase(ChannelBase channel)
        : base(channel)
    {
    }

    /// <summary>Makes a client of an invoker, such as one with interceptors.</summary>
    /// <param name="callInvoker">What calls go through.</param>
    public ClientBase(CallInvoker callInvoker)
        : base(callInvoker)
    {
    }

    /// <summary>Gives a client like this one that names a host in its calls.</summary>
    /// <param name="host">The host.</param>
    /// <returns>The other client.</returns>
    public T WithHost(string host)
    {
        ArgumentNullException.ThrowIfNull(host);
        return NewInstance(Configuration.WithHost(host));
    }

    /// <summary>Makes a client of this type; implemented by generated code.</summary>
    /// <param name="configuration">The settings to take over.</param>
    /// <returns>The client.</returns>
    protected abstract T NewInstance(ClientBaseConfiguration configuration);
}
