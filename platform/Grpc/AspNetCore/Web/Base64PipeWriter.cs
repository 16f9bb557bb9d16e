using System.Buffers;
using System.Buffers.Text;
using System.IO.Pipelines;

namespace Grpc.AspNetCore.Web;

/// <summary>
/// Writes bytes as base64: a whole, padded piece with each flush, so that a reader can decode what it has.
/// </summary>
internal sealed class Base64PipeWriter(PipeWriter encoded) : PipeWriter
{
    private readonly ArrayBufferWriter<byte> _pending = new();

    public override bool CanGetUnflushedBytes => true;

    public override long UnflushedBytes => _pending.WrittenCount + encoded.UnflushedBytes;

    public override Memory<byte> GetMemory(int sizeHint = 0) => _pending.GetMemory(sizeHint);

    public override Span<byte> GetSpan(int sizeHint = 0) => _pending.GetSpan(sizeHint);

    public override void Advance(int bytes) => _pending.Advance(bytes);

    public override void CancelPendingFlush() => encoded.CancelPendingFlush();

    public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken)
    {
        Encode();
        return encoded.FlushAsync(cancellationToken);
    }

    public override void Complete(Exception? exception = null)
    {
        Encode();
        encoded.Complete(exception);
    }

    public override ValueTask CompleteAsync(Exception? exception = null)
    {
        Encode();
        return encoded.CompleteAsync(exception);
    }

    private void Encode()
    {
        if (_pending.WrittenCount == 0)
            return;
        var span = encoded.GetSpan(Base64.GetMaxEncodedToUtf8Length(_pending.WrittenCount));
        Base64.EncodeToUtf8(_pending.WrittenSpan, span, out _, out var written);
        encoded.Advance(written);
        _pending.ResetWrittenCount();
    }
}
