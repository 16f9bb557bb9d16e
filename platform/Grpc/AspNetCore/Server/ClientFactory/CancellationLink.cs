using Grpc.Core;

namespace Grpc.AspNetCore.ClientFactory;

/// <summary>
/// A token that is cancelled with either of two, for one call. It hangs on both, which may live much longer: it lets go
/// as soon as the call has its response, or its last one, or is disposed.
/// </summary>
internal sealed class CancellationLink(CancellationToken own, CancellationToken incoming) : IDisposable
{
    private readonly CancellationTokenSource _source = CancellationTokenSource.CreateLinkedTokenSource(own, incoming);
    private int _isDisposed;

    public CancellationToken Token => _source.Token;

    /// <summary>Starts the call; lets go when that fails.</summary>
    public TCall Start<TCall>(Func<TCall> start)
    {
        try
        {
            return start();
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public AsyncUnaryCall<TResponse> Hold<TResponse>(AsyncUnaryCall<TResponse> call) => new(
        UntilAsync(call.ResponseAsync),
        _ => call.ResponseHeadersAsync,
        _ => call.GetStatus(),
        _ => call.GetTrailers(),
        _ => End(call),
        this);

    public AsyncServerStreamingCall<TResponse> Hold<TResponse>(AsyncServerStreamingCall<TResponse> call) => new(
        new Reader<TResponse>(call.ResponseStream, this),
        _ => call.ResponseHeadersAsync,
        _ => call.GetStatus(),
        _ => call.GetTrailers(),
        _ => End(call),
        this);

    public AsyncClientStreamingCall<TRequest, TResponse> Hold<TRequest, TResponse>(
        AsyncClientStreamingCall<TRequest, TResponse> call) => new(
        call.RequestStream,
        UntilAsync(call.ResponseAsync),
        _ => call.ResponseHeadersAsync,
        _ => call.GetStatus(),
        _ => call.GetTrailers(),
        _ => End(call),
        this);

    public AsyncDuplexStreamingCall<TRequest, TResponse> Hold<TRequest, TResponse>(
        AsyncDuplexStreamingCall<TRequest, TResponse> call) => new(
        call.RequestStream,
        new Reader<TResponse>(call.ResponseStream, this),
        _ => call.ResponseHeadersAsync,
        _ => call.GetStatus(),
        _ => call.GetTrailers(),
        _ => End(call),
        this);

    public void Dispose()
    {
        // A source is not safe to dispose twice at once, which response and disposal of a call may do.
        if (Interlocked.Exchange(ref _isDisposed, 1) == 0)
            _source.Dispose();
    }

    private void End(IDisposable call)
    {
        call.Dispose();
        Dispose();
    }

    private Task<TResponse> UntilAsync<TResponse>(Task<TResponse> response)
    {
        var released = ReleaseAsync(response);
        // Who disposes a call without awaiting it is not told of an unobserved exception, as with the call itself.
        _ = released.ContinueWith(
            static task => task.Exception, CancellationToken.None,
            TaskContinuationOptions.OnlyOnFaulted | TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
        return released;
    }

    private async Task<TResponse> ReleaseAsync<TResponse>(Task<TResponse> response)
    {
        using (this)
            return await response.ConfigureAwait(false);
    }

    private sealed class Reader<TResponse>(IAsyncStreamReader<TResponse> reader, CancellationLink link)
        : IAsyncStreamReader<TResponse>
    {
        public TResponse Current => reader.Current;

        public async Task<bool> MoveNext(CancellationToken cancellationToken)
        {
            try
            {
                if (await reader.MoveNext(cancellationToken).ConfigureAwait(false))
                    return true;
            }
            // Others, such as that of a second read at the same time, leave the call as it is.
            catch (Exception exception) when (exception is RpcException or OperationCanceledException)
            {
                link.Dispose();
                throw;
            }

            link.Dispose();
            return false;
        }
    }
}
