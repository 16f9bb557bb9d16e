namespace Grpc.Core;

/// <summary>A certificate and its private key. Immutable.</summary>
public sealed class KeyCertificatePair
{
    /// <summary>Makes a pair.</summary>
    /// <param name="certificateChain">PEM of the certificate and those above it.</param>
    /// <param name="privateKey">PEM of the private key.</param>
    public KeyCertificatePair(string certificateChain, string privateKey)
    {
        ArgumentNullException.ThrowIfNull(certificateChain);
        ArgumentNullException.ThrowIfNull(privateKey);
        CertificateChain = certificateChain;
        PrivateKey = privateKey;
    }

    /// <summary>PEM of the certificate and those above it.</summary>
    public string CertificateChain { get; }

    /// <summary>PEM of the private key.</summary>
    public string PrivateKey { get; }
}
