namespace Grpc.Core;

/// <summary>Learns what channel credentials are. A transport derives from it.</summary>
public abstract class ChannelCredentialsConfiguratorBase
{
    /// <summary>They are no protection.</summary>
    /// <param name="state">What <see cref="ChannelCredentials.InternalPopulateConfiguration"/> was given.</param>
    public abstract void SetInsecureCredentials(object state);

    /// <summary>They are TLS.</summary>
    /// <param name="state">What <see cref="ChannelCredentials.InternalPopulateConfiguration"/> was given.</param>
    /// <param name="rootCertificates">PEM of the trusted roots, or null for the machine's.</param>
    /// <param name="keyCertificatePair">The caller's certificate, or null for none.</param>
    /// <param name="verifyPeerCallback">A check in addition to the usual one, or null for none.</param>
    public abstract void SetSslCredentials(
        object state,
        string? rootCertificates,
        KeyCertificatePair? keyCertificatePair,
        VerifyPeerCallback? verifyPeerCallback);

    /// <summary>They are channel credentials with call credentials for every call.</summary>
    /// <param name="state">What <see cref="ChannelCredentials.InternalPopulateConfiguration"/> was given.</param>
    /// <param name="channelCredentials">The channel credentials.</param>
    /// <param name="callCredentials">The call credentials.</param>
    public abstract void SetCompositeCredentials(
        object state,
        ChannelCredentials channelCredentials,
        CallCredentials callCredentials);
}
