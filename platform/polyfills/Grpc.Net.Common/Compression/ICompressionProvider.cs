using System.IO.Compression;

namespace Grpc.Net.Compression;

/// <summary>A way to compress messages.</summary>
public interface ICompressionProvider
{
    /// <summary>Name on the wire, such as <c>gzip</c>.</summary>
    string EncodingName { get; }

    /// <summary>Makes a stream that compresses what is written to it.</summary>
    /// <param name="stream">Where the compressed bytes go; stays open.</param>
    /// <param name="compressionLevel">The level, or null for the provider's own.</param>
    /// <returns>The stream.</returns>
    Stream CreateCompressionStream(Stream stream, CompressionLevel? compressionLevel);

    /// <summary>Makes a stream that decompresses what is read from it.</summary>
    /// <param name="stream">Where the compressed bytes come from; stays open.</param>
    /// <returns>The stream.</returns>
    Stream CreateDecompressionStream(Stream stream);
}
