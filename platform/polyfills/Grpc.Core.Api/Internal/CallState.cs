namespace Grpc.Core.Internal;

/// <summary>
/// What the four call objects have in common: headers, status, trailers and disposal, by way of callbacks that are
/// given one state object, so that a transport needs no closure per call.
/// </summary>
internal readonly struct CallState
{
    private readonly object _state;
    private readonly Func<object, Task<Metadata>> _responseHeadersAsync;
    private readonly Func<object, Status> _getStatus;
    private readonly Func<object, Metadata> _getTrailers;
    private readonly Action<object> _dispose;

    public CallState(
        Func<object, Task<Metadata>> responseHeadersAsync,
        Func<object, Status> getStatus,
        Func<object, Metadata> getTrailers,
        Action<object> dispose,
        object state)
    {
        _responseHeadersAsync = responseHeadersAsync;
        _getStatus = getStatus;
        _getTrailers = getTrailers;
        _dispose = dispose;
        _state = state;
    }

    public CallState(
        Task<Metadata> responseHeadersAsync,
        Func<Status> getStatus,
        Func<Metadata> getTrailers,
        Action dispose)
        : this(
            static state => ((CallDelegates)state).ResponseHeadersAsync,
            static state => ((CallDelegates)state).GetStatus(),
            static state => ((CallDelegates)state).GetTrailers(),
            static state => ((CallDelegates)state).Dispose(),
            new CallDelegates(responseHeadersAsync, getStatus, getTrailers, dispose))
    {
    }

    public Task<Metadata> ResponseHeadersAsync => _responseHeadersAsync(_state);

    public Status GetStatus() => _getStatus(_state);

    public Metadata GetTrailers() => _getTrailers(_state);

    public void Dispose() => _dispose(_state);
}
