namespace Grpc.Net.Compression;

/// <summary>
/// Compresses what is written to it, and also ends well what nobody writes to: the streams of .NET put out no bytes
/// then, which only they read as an empty message.
/// </summary>
/// <param name="target">Where the compressed bytes go; stays open.</param>
/// <param name="compress">Makes a stream that compresses into the target and leaves it open.</param>
/// <param name="nothing">What no bytes at all are when compressed.</param>
internal sealed class WholeStream(Stream target, Func<Stream, Stream> compress, byte[] nothing) : Stream
{
    private readonly Stream _compressing = compress(target);
    private bool _hasBytes;
    private bool _isEnded;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => !_isEnded;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override void Flush() => _compressing.Flush();

    public override Task FlushAsync(CancellationToken cancellationToken) => _compressing.FlushAsync(cancellationToken);

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        _hasBytes |= !buffer.IsEmpty;
        _compressing.Write(buffer);
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        _hasBytes |= !buffer.IsEmpty;
        return _compressing.WriteAsync(buffer, cancellationToken);
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing && !_isEnded)
        {
            _isEnded = true;
            _compressing.Dispose();
            if (!_hasBytes)
                target.Write(nothing);
        }

        base.Dispose(disposing);
    }
}
