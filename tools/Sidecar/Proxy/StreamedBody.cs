using System.IO.Pipelines;
using System.Net;

namespace DaprSocial.Sidecar.Proxy;

/// <summary>
/// The caller's message bytes on their way to the app. A piece is read only after the one before is written, so the
/// app's flow control reaches the caller.
/// </summary>
internal sealed class StreamedBody(PipeReader source) : HttpContent
{
    private Task _copy = Task.CompletedTask;

    /// <summary>Ends the copy, if it still runs; the source must not be touched by it after the call is over.</summary>
    public async ValueTask StopAsync()
    {
        if (_copy.IsCompleted)
            return;
        source.CancelPendingRead();
        await _copy.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override Task SerializeToStreamAsync(
        Stream stream, TransportContext? context, CancellationToken cancellationToken) =>
        _copy = CopyAsync(stream, cancellationToken);

    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }

    private async Task CopyAsync(Stream target, CancellationToken cancellationToken)
    {
        var unflushed = true; // the request's headers
        while (true)
        {
            if (!source.TryRead(out var result))
            {
                // Nothing more to send now: let go what is buffered. A body that is there as a whole is flushed with its end.
                if (unflushed)
                    await target.FlushAsync(cancellationToken);
                unflushed = false;
                result = await source.ReadAsync(cancellationToken);
            }

            // To return would end the app's request in good order, as if the caller had finished.
            if (result.IsCanceled)
                throw new OperationCanceledException(cancellationToken);
            foreach (var segment in result.Buffer)
                await target.WriteAsync(segment, cancellationToken);
            unflushed |= !result.Buffer.IsEmpty;
            source.AdvanceTo(result.Buffer.End);
            if (result.IsCompleted)
                return;
        }
    }
}
