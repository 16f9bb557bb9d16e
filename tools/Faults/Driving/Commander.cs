using DaprSocial.Faults.Running;
using DaprSocial.Load;
using DaprSocial.Load.Driving;
using Grpc.Core;

namespace DaprSocial.Faults.Driving;

/// <summary>Sends commands as a client should: with the same request id until it is answered or refused.</summary>
internal sealed class Commander(FaultHistory history)
{
    private const string InternalError = "INTERNAL";
    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(100);

    private long _retryCount;
    private int _commandCount;

    public long RetryCount => Interlocked.Read(ref _retryCount);

    public int CommandCount => Volatile.Read(ref _commandCount);

    /// <exception cref="DemoException">It was refused.</exception>
    public async Task<T> SendAsync<T>(
        string what, Func<CancellationToken, Task<T>> sendAsync, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                var answer = await sendAsync(cancellationToken);
                Interlocked.Increment(ref _commandCount);
                return answer;
            }
            catch (DemoException exception) when (exception.InnerException is RpcException rpc)
            {
                Judge(what, rpc, cancellationToken);
            }
            catch (RpcException rpc)
            {
                Judge(what, rpc, cancellationToken);
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                // The deadline, as the channel of the load tells it: nobody knows whether it was done.
            }

            Interlocked.Increment(ref _retryCount);
            await Task.Delay(_pause, cancellationToken);
        }
    }

    /// <summary>Returns when it is to be sent again.</summary>
    private void Judge(string what, RpcException rpc, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var reason = Refusals.ReasonOf(rpc);
        if (reason == InternalError)
            history.Violated("no command breaks inside", $"{what}: {Refusals.Describe(rpc)}");
        else if (!IsAmbiguous(rpc))
            throw new DemoException($"{what} was refused: {Refusals.Describe(rpc)}", rpc);
    }

    // What a dying process, sidecar or connection leaves its callers with: nobody knows whether it was done.
    private static bool IsAmbiguous(RpcException rpc) => rpc.StatusCode is StatusCode.Unavailable
        or StatusCode.DeadlineExceeded or StatusCode.Cancelled or StatusCode.Aborted or StatusCode.Unknown
        || (rpc.StatusCode == StatusCode.Internal && Refusals.ReasonOf(rpc).Length == 0);
}
