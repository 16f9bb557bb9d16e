using Grpc.Core;
using Xunit;

namespace DaprSocial.Polyfills.Tests;

public sealed class CallObjectTests
{
    private static readonly Metadata _headers = new() { { "header", "1" } };
    private static readonly Metadata _trailers = new() { { "trailer", "1" } };
    private static readonly Status _status = new(StatusCode.Aborted, "lost");

    private readonly StreamStub _stream = new();
    private readonly State _state = new();
    private int _disposals;

    [Fact]
    public async Task UnaryCall_FromDelegates_UsesThem()
    {
        using var call = new AsyncUnaryCall<string>(
            Task.FromResult("answer"), Task.FromResult(_headers), () => _status, () => _trailers, CountDisposal);

        Assert.Equal("answer", await call);
        Assert.Equal("answer", await call.ConfigureAwait(false));
        await AssertDelegatesAsync(call.ResponseHeadersAsync, call.GetStatus, call.GetTrailers, call);
    }

    [Fact]
    public async Task UnaryCall_FromState_HandsItToEachCallback()
    {
        using var call = new AsyncUnaryCall<string>(
            Task.FromResult("answer"), State.Headers, State.Status, State.Trailers, State.Dispose, _state);

        Assert.Equal("answer", await call.ResponseAsync);
        await AssertStateAsync(() => call.ResponseHeadersAsync, call.GetStatus, call.GetTrailers, call);
    }

    [Fact]
    public async Task ClientStreamingCall_FromDelegates_UsesThem()
    {
        using var call = new AsyncClientStreamingCall<string, string>(
            _stream,
            Task.FromResult("answer"),
            Task.FromResult(_headers),
            () => _status,
            () => _trailers,
            CountDisposal);

        Assert.Same(_stream, call.RequestStream);
        Assert.Equal("answer", await call);
        Assert.Equal("answer", await call.ConfigureAwait(false));
        await AssertDelegatesAsync(call.ResponseHeadersAsync, call.GetStatus, call.GetTrailers, call);
    }

    [Fact]
    public async Task ClientStreamingCall_FromState_HandsItToEachCallback()
    {
        using var call = new AsyncClientStreamingCall<string, string>(
            _stream, Task.FromResult("answer"), State.Headers, State.Status, State.Trailers, State.Dispose, _state);

        Assert.Same(_stream, call.RequestStream);
        Assert.Equal("answer", await call.ResponseAsync);
        await AssertStateAsync(() => call.ResponseHeadersAsync, call.GetStatus, call.GetTrailers, call);
    }

    [Fact]
    public async Task ServerStreamingCall_FromDelegates_UsesThem()
    {
        using var call = new AsyncServerStreamingCall<string>(
            _stream, Task.FromResult(_headers), () => _status, () => _trailers, CountDisposal);

        Assert.Same(_stream, call.ResponseStream);
        await AssertDelegatesAsync(call.ResponseHeadersAsync, call.GetStatus, call.GetTrailers, call);
    }

    [Fact]
    public async Task ServerStreamingCall_FromState_HandsItToEachCallback()
    {
        using var call = new AsyncServerStreamingCall<string>(
            _stream, State.Headers, State.Status, State.Trailers, State.Dispose, _state);

        Assert.Same(_stream, call.ResponseStream);
        await AssertStateAsync(() => call.ResponseHeadersAsync, call.GetStatus, call.GetTrailers, call);
    }

    [Fact]
    public async Task DuplexStreamingCall_FromDelegates_UsesThem()
    {
        using var call = new AsyncDuplexStreamingCall<string, string>(
            _stream, _stream, Task.FromResult(_headers), () => _status, () => _trailers, CountDisposal);

        Assert.Same(_stream, call.RequestStream);
        Assert.Same(_stream, call.ResponseStream);
        await AssertDelegatesAsync(call.ResponseHeadersAsync, call.GetStatus, call.GetTrailers, call);
    }

    [Fact]
    public async Task DuplexStreamingCall_FromState_HandsItToEachCallback()
    {
        using var call = new AsyncDuplexStreamingCall<string, string>(
            _stream, _stream, State.Headers, State.Status, State.Trailers, State.Dispose, _state);

        Assert.Same(_stream, call.RequestStream);
        Assert.Same(_stream, call.ResponseStream);
        await AssertStateAsync(() => call.ResponseHeadersAsync, call.GetStatus, call.GetTrailers, call);
    }

    private async Task AssertDelegatesAsync(
        Task<Metadata> headers, Func<Status> getStatus, Func<Metadata> getTrailers, IDisposable call)
    {
        Assert.Same(_headers, await headers);
        Assert.Equal(_status, getStatus());
        Assert.Same(_trailers, getTrailers());
        Assert.Equal(0, _disposals);
        call.Dispose();
        Assert.Equal(1, _disposals);
    }

    private async Task AssertStateAsync(
        Func<Task<Metadata>> getHeaders, Func<Status> getStatus, Func<Metadata> getTrailers, IDisposable call)
    {
        Assert.Empty(_state.Uses);
        Assert.Same(_headers, await getHeaders());
        Assert.Equal(_status, getStatus());
        Assert.Same(_trailers, getTrailers());
        call.Dispose();
        Assert.Equal(["headers", "status", "trailers", "dispose"], _state.Uses);
    }

    private void CountDisposal() => _disposals++;

    private sealed class State
    {
        public List<string> Uses { get; } = [];

        public static Task<Metadata> Headers(object state) => Task.FromResult(Use(state, "headers", _headers));

        public static Status Status(object state) => Use(state, "status", _status);

        public static Metadata Trailers(object state) => Use(state, "trailers", _trailers);

        public static void Dispose(object state) => Use(state, "dispose", 0);

        private static T Use<T>(object state, string use, T result)
        {
            ((State)state).Uses.Add(use);
            return result;
        }
    }
}
