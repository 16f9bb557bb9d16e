using System.IO.Compression;
using Grpc.Net.Compression;

namespace DaprSocial.Hosting.Limits;

/// <summary>
/// A compression that refuses to inflate a message beyond a size: a few bytes can stand for gigabytes.
/// </summary>
internal sealed class LimitedCompression(ICompressionProvider compression, int bytesMax) : ICompressionProvider
{
    public string EncodingName => compression.EncodingName;

    public Stream CreateCompressionStream(Stream stream, CompressionLevel? compressionLevel) =>
        compression.CreateCompressionStream(stream, compressionLevel);

    public Stream CreateDecompressionStream(Stream stream) =>
        new LimitedInflateStream(compression.CreateDecompressionStream(stream), bytesMax);
}
