namespace DaprSocial.Media.Blobs;

/// <summary>
/// So many bytes of a stream from where it stands, and no more; to have less is an error, and not an end. Closes it.
/// </summary>
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
        var wanted = (int)Math.Min(count, _rest);
        return Take(whole.Read(buffer, offset, wanted), wanted);
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = new())
    {
        var wanted = (int)Math.Min(buffer.Length, _rest);
        return Take(await whole.ReadAsync(buffer[..wanted], cancellationToken), wanted);
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private int Take(int read, int wanted)
    {
        if (read == 0 && wanted > 0)
            throw new EndOfStreamException("The store has given less than the blob has.");
        _rest -= read;
        return read;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            whole.Dispose();
        base.Dispose(disposing);
    }
}
