using System.IO.Compression;

namespace Grpc.Net.Compression;

/// <summary>Compresses messages as <c>deflate</c>.</summary>
/// <remarks>As in HTTP, the name stands for the zlib format (RFC 1950), not for raw deflate.</remarks>
/// <param name="defaultCompressionLevel">The level when a call names none.</param>
public sealed class DeflateCompressionProvider(CompressionLevel defaultCompressionLevel) : ICompressionProvider
{
    // A header, one last block that holds nothing, and the checksum.
    private static readonly byte[] _nothing = [0x78, 0x9C, 3, 0, 0, 0, 0, 1];

    /// <inheritdoc/>
    public string EncodingName => "deflate";

    /// <inheritdoc/>
    public Stream CreateCompressionStream(Stream stream, CompressionLevel? compressionLevel) => new WholeStream(
        stream, to => new ZLibStream(to, compressionLevel ?? defaultCompressionLevel, leaveOpen: true), _nothing);

    /// <inheritdoc/>
    public Stream CreateDecompressionStream(Stream stream) =>
        new ZLibStream(stream, CompressionMode.Decompress, leaveOpen: true);
}
