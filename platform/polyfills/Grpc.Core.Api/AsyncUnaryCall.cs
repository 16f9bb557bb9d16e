using System.Runtime.CompilerServices;
using Grpc.Core.Internal;

namespace Grpc.Core;

/// <summary>A call with one request and one response.</summary>
/// <typeparam name="TResponse">Type of the responses.</typeparam>
public sealed class AsyncUnaryCall<TResponse> : IDisposable
{
    private readonly CallState _call;

    /// <summary>Makes a call from delegates; what an interceptor uses.</summary>
    /// <param name="responseAsync">The response, or the <see cref="RpcException"/> of a failed call.</param>
    /// <param name="responseHeadersAsync">The headers of the response.</param>
    /// <param name="getStatusFunc">Gives the outcome, once there is one.</param>
    /// <param name="getTrailersFunc">Gives the trailers, once there are any.</param>
    /// <param name="disposeAction">Gives the call up, or does nothing when it has ended.</param>
    public AsyncUnaryCall(
        Task<TResponse> responseAsync,
        Task<Metadata> responseHeadersAsync,
        Func<Status> getStatusFunc,
        Func<Metadata> getTrailersFunc,
        Action disposeAction)
    {
        ResponseAsync = responseAsync;
        _call = new CallState(responseHeadersAsync, getStatusFunc, getTrailersFunc, disposeAction);
    }

    /// <summary>Makes a call from callbacks that share a state; what a transport uses.</summary>
    /// <param name="responseAsync">The response, or the <see cref="RpcException"/> of a failed call.</param>
    /// <param name="responseHeadersAsync">Gives the headers of the response.</param>
    /// <param name="getStatusFunc">Gives the outcome, once there is one.</param>
    /// <param name="getTrailersFunc">Gives the trailers, once there are any.</param>
    /// <param name="disposeAction">Gives the call up, or does nothing when it has ended.</param>
    /// <param name="state">Handed to each callback.</param>
    public AsyncUnaryCall(
        Task<TResponse> responseAsync,
        Func<object, Task<Metadata>> responseHeadersAsync,
        Func<object, Status> getStatusFunc,
        Func<object, Metadata> getTrailersFunc,
        Action<object> disposeAction,
        object state)
    {
        ResponseAsync = responseAsync;
        _call = new CallState(responseHeadersAsync, getStatusFunc, getTrailersFunc, disposeAction, state);
    }

    /// <summary>The response; fails with <see cref="RpcException"/> when the outcome is not OK.</summary>
    public Task<TResponse> ResponseAsync { get; }

    /// <summary>The headers of the response; fails as the call does.</summary>
    public Task<Metadata> ResponseHeadersAsync => _call.ResponseHeadersAsync;

    /// <summary>Makes <c>await</c> on the call give its response.</summary>
    /// <returns>The awaiter of <see cref="ResponseAsync"/>.</returns>
    public TaskAwaiter<TResponse> GetAwaiter() => ResponseAsync.GetAwaiter();

    /// <summary>Makes <c>await</c> on the call give its response, and says where it goes on.</summary>
    /// <param name="continueOnCapturedContext">Whether to go on in the context of the caller.</param>
    /// <returns>The awaitable.</returns>
    public ConfiguredTaskAwaitable<TResponse> ConfigureAwait(bool continueOnCapturedContext) =>
        ResponseAsync.ConfigureAwait(continueOnCapturedContext);

    /// <summary>Gives the outcome of an ended call.</summary>
    /// <returns>The outcome.</returns>
    /// <exception cref="InvalidOperationException">The call has not ended.</exception>
    public Status GetStatus() => _call.GetStatus();

    /// <summary>Gives the trailers of an ended call.</summary>
    /// <returns>The trailers.</returns>
    /// <exception cref="InvalidOperationException">The call has not ended.</exception>
    public Metadata GetTrailers() => _call.GetTrailers();

    /// <summary>Gives the call up and frees what it holds; does nothing to a call that has ended.</summary>
    public void Dispose() => _call.Dispose();
}
