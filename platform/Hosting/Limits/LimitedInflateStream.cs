using Grpc.Core;

namespace DaprSocial.Hosting.Limits;

/// <summary>Reads an inflated message up to a size.</summary>
internal sealed class LimitedInflateStream(Stream inflated, int bytesMax) : Stream
{
    private long _count;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <exception cref="RpcException">
    /// RESOURCE_EXHAUSTED: there is more than may be. INTERNAL: the bytes are not of the encoding.
    /// </exception>
    public override int Read(Span<byte> buffer)
    {
        int count;
        try
        {
            count = inflated.Read(buffer);
        }
        catch (InvalidDataException)
        {
            throw new RpcException(new Status(StatusCode.Internal, "A compressed message cannot be inflated."));
        }

        _count += count;
        return _count <= bytesMax
            ? count
            : throw new RpcException(new Status(
                StatusCode.ResourceExhausted, $"A message has more than {bytesMax} bytes once it is inflated."));
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            inflated.Dispose();
        base.Dispose(disposing);
    }
}
