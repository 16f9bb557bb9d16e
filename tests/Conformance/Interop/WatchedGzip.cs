using System.IO.Compression;
using Grpc.Net.Compression;

namespace DaprSocial.Conformance.Interop;

/// <summary>gzip that tells when it inflates a message: the only sign that a message came compressed.</summary>
internal sealed class WatchedGzip(Action onInflate) : ICompressionProvider
{
    public const string Encoding = "gzip";

    private readonly GzipCompressionProvider _gzip = new(CompressionLevel.Fastest);

    public string EncodingName => Encoding;

    public Stream CreateCompressionStream(Stream stream, CompressionLevel? compressionLevel) =>
        _gzip.CreateCompressionStream(stream, compressionLevel);

    public Stream CreateDecompressionStream(Stream stream)
    {
        onInflate();
        return _gzip.CreateDecompressionStream(stream);
    }
}
