using Grpc.Core.Internal;

namespace Grpc.Core;

/// <summary>How a channel protects its connection. A channel learns what it is by way of a configurator.</summary>
public abstract class ChannelCredentials
{
    /// <summary>No protection: plain HTTP/2.</summary>
    public static ChannelCredentials Insecure { get; } = new InsecureChannelCredentials();

    /// <summary>TLS with the machine's trusted roots.</summary>
    public static ChannelCredentials SecureSsl { get; } = new SslCredentials();

    /// <summary>Whether <see cref="Create"/> accepts these credentials.</summary>
    internal virtual bool IsComposable => false;

    /// <summary>Joins channel credentials with call credentials, to be used in every call of the channel.</summary>
    /// <param name="channelCredentials">
    /// <see cref="Insecure"/>, <see cref="SecureSsl"/> or other <see cref="SslCredentials"/>. Whether call credentials
    /// may go over an insecure channel is up to the channel.
    /// </param>
    /// <param name="callCredentials">The call credentials.</param>
    /// <returns>The joined credentials.</returns>
    /// <exception cref="ArgumentException">They are joined already, or of an own kind.</exception>
    public static ChannelCredentials Create(ChannelCredentials channelCredentials, CallCredentials callCredentials) =>
        new CompositeChannelCredentials(channelCredentials, callCredentials);

    /// <summary>Tells a configurator what these credentials are, by calling one of its methods.</summary>
    /// <param name="configurator">The configurator.</param>
    /// <param name="state">Handed on to the configurator.</param>
    public abstract void InternalPopulateConfiguration(ChannelCredentialsConfiguratorBase configurator, object state);
}
