using System.IO.Pipelines;
using System.Net;

namespace DaprSocial.Sidecar.Proxy;

/// <summary>
/// The caller's message bytes on their way to the app. A piece is read only after the one before is written, so the
/// app's flow control reaches the caller.
/// </summary>
internal sealed class StreamedBody(PipeReader source) : HttpContent
{
    private readonly TaskCompletionSource _over = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task? _copy;

    /// <summary>Ends the copy, if it still runs; the source must not be touched by it after the call is over.</summary>
    public async ValueTask StopAsync()
    {
        _over.TrySetResult();
        if (_copy is not { IsCompleted: false } copy)
            return;
        source.CancelPendingRead();
        await copy.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    // The handler sends again what a refused stream or a closing connection did not take. The bytes are gone by then,
    // so the caller is told UNAVAILABLE and may try again itself.
    protected override Task SerializeToStreamAsync(
        Stream stream, TransportContext? context, CancellationToken cancellationToken) => _copy is null
        ? _copy = CopyAsync(stream, cancellationToken)
        : Task.FromException(new IOException("the connection closed before the app took the call"));

    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }

    private async Task CopyAsync(Stream target, CancellationToken cancellationToken)
    {
        try
        {
            await PumpAsync(target, cancellationToken);
        }
        catch (Exception) when (cancellationToken.IsCancellationRequested)
        {
            // The app has answered early or reset the stream. A failure here and now would hide that answer or the
            // reset's code from the caller: the handler reports whichever ends first, body or response.
            await _over.Task;
            throw;
        }
    }

    private async Task PumpAsync(Stream target, CancellationToken cancellationToken)
    {
        var unflushed = true; // the request's headers
        while (true)
        {
            if (!source.TryRead(out var result))
            {
                // Nothing more to send now: let go what is buffered. A whole body is flushed with its end.
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
