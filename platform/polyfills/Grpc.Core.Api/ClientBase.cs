using Grpc.Core.Internal;

namespace Grpc.Core;

/// <summary>What every generated client has, whatever its service.</summary>
public abstract class ClientBase
{
    /// <summary>For test doubles: a client whose calls fail with <see cref="NotImplementedException"/>.</summary>
    protected ClientBase()
        : this(new UnimplementedCallInvoker())
    {
    }

    /// <summary>Makes a client with settings taken over from another.</summary>
    /// <param name="configuration">The settings.</param>
    protected ClientBase(ClientBaseConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        Configuration = configuration;
        CallInvoker = configuration.CreateCallInvoker();
    }

    /// <summary>Makes a client of a channel.</summary>
    /// <param name="channel">The channel.</param>
    public ClientBase(ChannelBase channel)
        : this(CreateCallInvoker(channel))
    {
    }

    /// <summary>Makes a client of an invoker, such as one with interceptors.</summary>
    /// <param name="callInvoker">What calls go through.</param>
    public ClientBase(CallInvoker callInvoker)
        : this(new ClientBaseConfiguration(callInvoker, host: null))
    {
    }

    /// <summary>What calls go through.</summary>
    protected CallInvoker CallInvoker { get; }

    /// <summary>The settings that a client derived from this one takes over.</summary>
    internal ClientBaseConfiguration Configuration { get; }

    private static CallInvoker CreateCallInvoker(ChannelBase channel)
    {
        ArgumentNullException.ThrowIfNull(channel);
        return channel.CreateCallInvoker();
    }

    /// <summary>Settings of a client, opaque outside this assembly.</summary>
    protected internal class ClientBaseConfiguration
    {
        private readonly CallInvoker _callInvoker;
        private readonly string? _host;

        internal ClientBaseConfiguration(CallInvoker callInvoker, string? host)
        {
            ArgumentNullException.ThrowIfNull(callInvoker);
            _callInvoker = callInvoker;
            _host = host;
        }

        internal CallInvoker CreateCallInvoker() =>
            _host is null ? _callInvoker : new HostCallInvoker(_callInvoker, _host);

        internal ClientBaseConfiguration WithHost(string host) => new(_callInvoker, host);
    }
}
