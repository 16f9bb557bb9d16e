namespace DaprSocial.Media.Blobs;

/// <summary>So many bytes of a stream from where it stands, and no more; closes it.</summary>
internal sealed class PartialStream(Stream whole, long length) : Stream
{
    private long _rest = length;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count)
    {
        var read = whole.Read(buffer, offset, (int)Math.Min(count, _rest));
        _rest -= read;
        return read;
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = new())
    {
        var read = await whole.ReadAsync(buffer[..(int)Math.Min(buffer.Length, _rest)], cancellationToken);
        _rest -= read;
        return read;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            whole.Dispose();
        base.Dispose(disposing);
    }
}
