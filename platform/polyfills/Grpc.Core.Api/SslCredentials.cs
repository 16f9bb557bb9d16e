namespace Grpc.Core;

/// <summary>Protection of the connection by TLS.</summary>
/// <remarks>Grpc.Net.Client accepts only the form without arguments; the others are set on its HTTP handler.</remarks>
public sealed class SslCredentials : ChannelCredentials
{
    private readonly VerifyPeerCallback? _verifyPeerCallback;

    /// <summary>TLS with the machine's trusted roots.</summary>
    public SslCredentials()
        : this(null, null, null)
    {
    }

    /// <summary>TLS with given roots.</summary>
    /// <param name="rootCertificates">PEM of the trusted roots, or null for the machine's.</param>
    public SslCredentials(string? rootCertificates)
        : this(rootCertificates, null, null)
    {
    }

    /// <summary>TLS with given roots and a certificate of the caller's.</summary>
    /// <param name="rootCertificates">PEM of the trusted roots, or null for the machine's.</param>
    /// <param name="keyCertificatePair">The caller's certificate, or null for none.</param>
    public SslCredentials(string? rootCertificates, KeyCertificatePair? keyCertificatePair)
        : this(rootCertificates, keyCertificatePair, null)
    {
    }

    /// <summary>TLS with given roots, a certificate of the caller's and a check of the server's.</summary>
    /// <param name="rootCertificates">PEM of the trusted roots, or null for the machine's.</param>
    /// <param name="keyCertificatePair">The caller's certificate, or null for none.</param>
    /// <param name="verifyPeerCallback">A check in addition to the usual one, or null for none.</param>
    public SslCredentials(
        string? rootCertificates,
        KeyCertificatePair? keyCertificatePair,
        VerifyPeerCallback? verifyPeerCallback)
    {
        RootCertificates = rootCertificates;
        KeyCertificatePair = keyCertificatePair;
        _verifyPeerCallback = verifyPeerCallback;
    }

    /// <summary>PEM of the trusted roots, or null for the machine's.</summary>
    public string? RootCertificates { get; }

    /// <summary>The caller's certificate, or null for none.</summary>
    public KeyCertificatePair? KeyCertificatePair { get; }

    internal override bool IsComposable => true;

    /// <inheritdoc/>
    public override void InternalPopulateConfiguration(ChannelCredentialsConfiguratorBase configurator, object state) =>
        configurator.SetSslCredentials(state, RootCertificates, KeyCertificatePair, _verifyPeerCallback);
}
