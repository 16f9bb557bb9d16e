using System.IO.Compression;
using Grpc.Core;
using Grpc.Net.Compression;
using Xunit;

namespace DaprSocial.Polyfills.Tests;

public sealed class CompressionProviderTests
{
    private static readonly byte[] _message = [.. Enumerable.Range(0, 10_000).Select(index => (byte)(index % 7))];

    public static TheoryData<string, byte> Encodings => new() { { "gzip", 0x1F }, { "deflate", 0x78 } };

    [Theory]
    [MemberData(nameof(Encodings))]
    public void RoundTrip_Message_IsTheSameAndLeavesTheStreamsOpen(string encoding, byte firstByte)
    {
        var provider = Create(encoding);
        using var compressed = new MemoryStream();

        using (var stream = provider.CreateCompressionStream(compressed, null))
            stream.Write(_message);

        compressed.Position = 0;
        using var message = new MemoryStream();
        using (var stream = provider.CreateDecompressionStream(compressed))
            stream.CopyTo(message);

        Assert.Equal(encoding, provider.EncodingName);
        Assert.Equal(_message, message.ToArray());
        Assert.True(compressed.CanRead);
        Assert.InRange(compressed.Length, 1, _message.Length / 2);
        Assert.Equal(firstByte, compressed.ToArray()[0]);
    }

    [Theory]
    [MemberData(nameof(Encodings))]
    public void CreateCompressionStream_LevelGiven_OverridesTheDefault(string encoding, byte firstByte)
    {
        using var compressed = new MemoryStream();

        using (var stream = Create(encoding).CreateCompressionStream(compressed, CompressionLevel.NoCompression))
            stream.Write(_message);

        Assert.True(compressed.Length > _message.Length);
        Assert.Equal(firstByte, compressed.ToArray()[0]);
    }

    // Other implementations do not take no bytes for an empty message, as .NET does.
    [Theory]
    [InlineData("gzip", "1F-8B", "03-00-00-00-00-00-00-00-00-00")]
    [InlineData("deflate", "78", "03-00-00-00-00-01")]
    public void CreateCompressionStream_NothingWritten_GivesAWholeStream(string encoding, string start, string end)
    {
        using var compressed = new MemoryStream();

        Create(encoding).CreateCompressionStream(compressed, null).Dispose();

        var text = BitConverter.ToString(compressed.ToArray());
        Assert.StartsWith(start, text, StringComparison.Ordinal);
        Assert.EndsWith(end, text, StringComparison.Ordinal);
        compressed.Position = 0;
        using var stream = Create(encoding).CreateDecompressionStream(compressed);
        Assert.Equal(-1, stream.ReadByte());
    }

    [Fact]
    public void ConnectivityState_Names_HaveTheOriginalOrder()
    {
        Assert.Equal(
            ["Idle", "Connecting", "Ready", "TransientFailure", "Shutdown"], Enum.GetNames<ConnectivityState>());
        Assert.Equal(Enumerable.Range(0, 5), Enum.GetValues<ConnectivityState>().Select(state => (int)state));
    }

    private static ICompressionProvider Create(string encoding) => encoding == "gzip"
        ? new GzipCompressionProvider(CompressionLevel.Optimal)
        : new DeflateCompressionProvider(CompressionLevel.Optimal);
}
