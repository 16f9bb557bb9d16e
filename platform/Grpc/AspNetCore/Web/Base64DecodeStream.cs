using System.Buffers;
using System.Buffers.Text;
using Grpc.Core;

namespace Grpc.AspNetCore.Web;

/// <summary>
/// Reads base64 as bytes. It may be several padded pieces put end to end, so that <c>=</c> can stand in the middle
/// (gRPC-Web, text mode).
/// </summary>
internal sealed class Base64DecodeStream(Stream encoded) : Stream
{
    private const int GroupSize = 4;
    private const int BufferSize = 4096;

    private readonly byte[] _buffer = new byte[BufferSize];
    private int _begin;
    private int _end;
    private bool _isCompleted;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <exception cref="RpcException">INTERNAL: what was read is not base64.</exception>
    public override async ValueTask<int> ReadAsync(
        Memory<byte> buffer, CancellationToken cancellationToken)
    {
        if (buffer.Length < GroupSize - 1)
            throw new ArgumentException("A group of base64 holds 3 bytes: the buffer is too small.", nameof(buffer));
        while (_end - _begin < GroupSize && !_isCompleted)
            await FillAsync(cancellationToken);
        if (_begin == _end)
            return 0;
        return Decode(buffer.Span);
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private async ValueTask FillAsync(CancellationToken cancellationToken)
    {
        _buffer.AsSpan(_begin, _end - _begin).CopyTo(_buffer);
        (_begin, _end) = (0, _end - _begin);
        var count = await encoded.ReadAsync(_buffer.AsMemory(_end), cancellationToken);
        _end += count;
        _isCompleted = count == 0;
    }

    private int Decode(Span<byte> target)
    {
        var groups = Math.Min((_end - _begin) / GroupSize, target.Length / (GroupSize - 1));
        var source = _buffer.AsSpan(_begin, groups * GroupSize);
        // A padded group ends a piece, and the decoder takes one piece at a time.
        var padding = source.IndexOf((byte)'=');
        if (padding >= 0)
            source = source[..((padding / GroupSize * GroupSize) + GroupSize)];
        var status = Base64.DecodeFromUtf8(source, target, out var consumed, out var written);
        if (groups == 0 || status != OperationStatus.Done || consumed != source.Length)
            throw new RpcException(new Status(StatusCode.Internal, "The request is not base64."));
        _begin += consumed;
        return written;
    }
}
