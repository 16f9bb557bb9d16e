using Grpc.Core;
using Grpc.Core.Interceptors;
using Microsoft.Extensions.Options;

namespace DaprSocial.Hosting.Limits;

/// <summary>
/// Ends a stream whose caller sends nothing, or takes nothing, for too long: streams have no deadline, and what they
/// hold would be held for ever. What the caller's part of a stream fails with is told apart from failures behind us.
/// </summary>
internal sealed class StreamIdleInterceptor(IOptions<CallLimits> options, TimeProvider clock) : Interceptor
{
    private readonly TimeSpan _timeout = TimeSpan.FromMilliseconds(options.Value.StreamIdleTimeoutMs);

    public override Task<TResponse> ClientStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream, ServerCallContext context,
        ClientStreamingServerMethod<TRequest, TResponse> continuation) =>
        continuation(new Reader<TRequest>(requestStream, this), context);

    public override Task ServerStreamingServerHandler<TRequest, TResponse>(
        TRequest request, IServerStreamWriter<TResponse> responseStream, ServerCallContext context,
        ServerStreamingServerMethod<TRequest, TResponse> continuation) =>
        continuation(request, new Writer<TResponse>(responseStream, this), context);

    public override Task DuplexStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream, IServerStreamWriter<TResponse> responseStream,
        ServerCallContext context, DuplexStreamingServerMethod<TRequest, TResponse> continuation) =>
        continuation(
            new Reader<TRequest>(requestStream, this), new Writer<TResponse>(responseStream, this), context);

    private async Task<T> InTimeAsync<T>(Task<T> step)
    {
        try
        {
            return step.IsCompleted ? await step : await step.WaitAsync(_timeout, clock);
        }
        catch (TimeoutException exception)
        {
            throw new StreamFailedException(
                new Status(StatusCode.DeadlineExceeded, $"The stream was idle for {_timeout.TotalSeconds:0.#} s."),
                exception);
        }
    }

    private sealed class Reader<T>(IAsyncStreamReader<T> reader, StreamIdleInterceptor owner) : IAsyncStreamReader<T>
    {
        public T Current => reader.Current;

        public async Task<bool> MoveNext(CancellationToken cancellationToken)
        {
            try
            {
                return await owner.InTimeAsync(reader.MoveNext(cancellationToken));
            }
            catch (RpcException exception)
            {
                throw new StreamFailedException(exception.Status, exception);
            }
            catch (Exception exception) when (UnreadableRequest.IsCauseOf(exception))
            {
                throw new StreamFailedException(UnreadableRequest.Status, exception);
            }
        }
    }

    private sealed class Writer<T>(IServerStreamWriter<T> writer, StreamIdleInterceptor owner) : IServerStreamWriter<T>
    {
        public WriteOptions? WriteOptions
        {
            get => writer.WriteOptions;
            set => writer.WriteOptions = value;
        }

        public Task WriteAsync(T message) => owner.InTimeAsync(Done(writer.WriteAsync(message)));

        public Task WriteAsync(T message, CancellationToken cancellationToken) =>
            owner.InTimeAsync(Done(writer.WriteAsync(message, cancellationToken)));

        private static async Task<bool> Done(Task write)
        {
            await write;
            return true;
        }
    }
}
