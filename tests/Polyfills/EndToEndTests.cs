using System.Globalization;
using Grpc.Core;
using Grpc.Core.Interceptors;
using Microsoft.AspNetCore.Builder;
using Xunit;

namespace DaprSocial.Polyfills.Tests;

/// <summary>The official server and the official client, both running on the two assemblies under test.</summary>
public sealed class EndToEndTests
{
    [Fact]
    public async Task UnaryCall_HeadersAndTrailers_TravelBothWays()
    {
        await using var server = await LoopbackServer.StartAsync();
        var headers = new Metadata { { "Echo-Text", "1" }, { "echo-token-bin", [0, 255] } };

        using var call = server.CreateChannel().CreateCallInvoker()
            .AsyncUnaryCall(EchoMethods.Say, null, new CallOptions(headers), "hello");
        var responseHeaders = await call.ResponseHeadersAsync;

        Assert.Equal("hello", await call);
        Assert.Equal("1", responseHeaders.GetValue("echo-text"));
        Assert.Equal([0, 255], responseHeaders.GetValueBytes("echo-token-bin"));
        Assert.Equal(StatusCode.OK, call.GetStatus().StatusCode);
        Assert.Equal([0, 255], call.GetTrailers().GetValueBytes("echo-token-bin"));
        Assert.Equal("1", call.GetTrailers().GetValue("echo-text"));
    }

    [Fact]
    public async Task BlockingUnaryCall_Text_GivesTheResponse()
    {
        await using var server = await LoopbackServer.StartAsync();

        var response = server.CreateChannel().CreateCallInvoker()
            .BlockingUnaryCall(EchoMethods.Say, null, default, "grüße");

        Assert.Equal("grüße", response);
    }

    [Fact]
    public async Task ServerStreamingCall_ManyResponses_ArriveInOrder()
    {
        await using var server = await LoopbackServer.StartAsync();

        using var call = server.CreateChannel().CreateCallInvoker()
            .AsyncServerStreamingCall(EchoMethods.Count, null, default, "500");
        Assert.Throws<InvalidOperationException>(() => call.GetStatus());
        var responses = await call.ResponseStream.ReadAllAsync().ToListAsync();

        Assert.Equal(Enumerable.Range(0, 500).Select(number => $"{number}"), responses);
        Assert.Equal(StatusCode.OK, call.GetStatus().StatusCode);
    }

    [Fact]
    public async Task ClientStreamingCall_SeveralRequests_GivesOneResponse()
    {
        await using var server = await LoopbackServer.StartAsync();
        using var call = server.CreateChannel().CreateCallInvoker()
            .AsyncClientStreamingCall(EchoMethods.Join, null, default);

        await call.RequestStream.WriteAsync("a");
        await call.RequestStream.WriteAsync("b", CancellationToken.None);
        call.RequestStream.WriteOptions = new WriteOptions(WriteFlags.NoCompress);
        await call.RequestStream.WriteAsync("c");
        Assert.Throws<InvalidOperationException>(() => call.GetTrailers());
        await call.RequestStream.CompleteAsync();

        Assert.Equal("abc", await call);
    }

    [Fact]
    public async Task DuplexStreamingCall_RequestAfterResponse_KeepsTheConversationGoing()
    {
        await using var server = await LoopbackServer.StartAsync();
        using var call = server.CreateChannel().CreateCallInvoker()
            .AsyncDuplexStreamingCall(EchoMethods.Chat, null, default);

        foreach (var message in (string[])["a", "b", "c"])
        {
            await call.RequestStream.WriteAsync(message);
            Assert.True(await call.ResponseStream.MoveNext());
            Assert.Equal(message, call.ResponseStream.Current);
        }

        await call.RequestStream.CompleteAsync();

        Assert.False(await call.ResponseStream.MoveNext());
        Assert.Equal(StatusCode.OK, call.GetStatus().StatusCode);
    }

    [Fact]
    public async Task UnaryCall_DeadlinePasses_IsDeadlineExceeded()
    {
        await using var server = await LoopbackServer.StartAsync();
        var deadline = TimeProvider.System.GetUtcNow().UtcDateTime.AddMilliseconds(100);

        using var call = server.CreateChannel().CreateCallInvoker()
            .AsyncUnaryCall(EchoMethods.Hang, null, new CallOptions(deadline: deadline), "hello");
        var exception = await Assert.ThrowsAsync<RpcException>(() => call.ResponseAsync);

        Assert.Equal(StatusCode.DeadlineExceeded, exception.StatusCode);
        Assert.Equal(StatusCode.DeadlineExceeded, call.GetStatus().StatusCode);
    }

    [Fact]
    public async Task UnaryCall_DeadlineAhead_IsKnownToTheServer()
    {
        await using var server = await LoopbackServer.StartAsync();
        var now = TimeProvider.System.GetUtcNow().UtcDateTime;

        using var call = server.CreateChannel().CreateCallInvoker()
            .AsyncUnaryCall(EchoMethods.Say, null, new CallOptions(deadline: now.AddHours(1)), "hello");
        await call;

        var seen = DateTime.Parse(
            call.GetTrailers().GetValue("deadline")!, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind);
        Assert.InRange(seen, now.AddMinutes(59), now.AddMinutes(61));
    }

    [Fact]
    public async Task UnaryCall_CallerCancels_EndsOnBothSides()
    {
        await using var server = await LoopbackServer.StartAsync();
        using var cancellation = new CancellationTokenSource();
        server.Service.HangEntered.Task.GetAwaiter().OnCompleted(cancellation.Cancel);

        using var call = server.CreateChannel().CreateCallInvoker()
            .AsyncUnaryCall(EchoMethods.Hang, null, new CallOptions(cancellationToken: cancellation.Token), "hello");
        var exception = await Assert.ThrowsAsync<RpcException>(() => call.ResponseAsync);

        Assert.Equal(StatusCode.Cancelled, exception.StatusCode);
        await server.Service.GivenUp.Task;
    }

    [Fact]
    public async Task UnaryCall_CallDisposed_EndsOnBothSides()
    {
        await using var server = await LoopbackServer.StartAsync();
        var call = server.CreateChannel().CreateCallInvoker()
            .AsyncUnaryCall(EchoMethods.Hang, null, default, "hello");
        await server.Service.HangEntered.Task;

        call.Dispose();

        var exception = await Assert.ThrowsAsync<RpcException>(() => call.ResponseAsync);
        Assert.Equal(StatusCode.Cancelled, exception.StatusCode);
        await server.Service.GivenUp.Task;
    }

    [Fact]
    public async Task UnaryCall_ServerThrows_GivesStatusAndTrailers()
    {
        await using var server = await LoopbackServer.StartAsync();

        using var call = server.CreateChannel().CreateCallInvoker()
            .AsyncUnaryCall(EchoMethods.Fail, null, default, "lost: 100% ü");
        var exception = await Assert.ThrowsAsync<RpcException>(() => call.ResponseAsync);

        Assert.Equal((StatusCode.Aborted, "lost: 100% ü"), (exception.StatusCode, exception.Status.Detail));
        Assert.Equal("Status(StatusCode=\"Aborted\", Detail=\"lost: 100% ü\")", exception.Message);
        Assert.Equal(["context", "exception"], exception.Trailers.GetAll("from").Select(entry => entry.Value));
        Assert.Equal([1, 255], exception.Trailers.GetValueBytes("from-bin"));
        Assert.Equal(StatusCode.Aborted, call.GetStatus().StatusCode);
    }

    [Fact]
    public async Task UnaryCall_UnknownMethod_IsUnimplemented()
    {
        await using var server = await LoopbackServer.StartAsync();

        var exception = Assert.Throws<RpcException>(() => server.CreateChannel().CreateCallInvoker()
            .BlockingUnaryCall(EchoMethods.Missing, null, default, "hello"));

        Assert.Equal(StatusCode.Unimplemented, exception.StatusCode);
    }

    [Fact]
    public async Task UnaryCall_NoServer_GivesTheErrorBeneath()
    {
        await using var server = await LoopbackServer.StartAsync();
        var invoker = server.CreateChannel().CreateCallInvoker();
        await server.StopAsync();

        var exception = Assert.Throws<RpcException>(
            () => invoker.BlockingUnaryCall(EchoMethods.Say, null, default, "hello"));

        Assert.Equal(StatusCode.Unavailable, exception.StatusCode);
        Assert.NotNull(exception.Status.DebugException);
        Assert.Same(exception.Status.DebugException, exception.InnerException);
        Assert.Contains(
            $", DebugException=\"{exception.Status.DebugException.GetType()}: ",
            exception.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task ServiceDefinition_Mapped_ServesItsMethods()
    {
        var definition = EchoMethods.Define(new EchoService());
        await using var server = await LoopbackServer.StartAsync(
            _ => { }, application => application.MapGrpcService(definition));
        var invoker = server.CreateChannel().CreateCallInvoker();

        Assert.Equal("hello", await invoker.AsyncUnaryCall(EchoMethods.Say, null, default, "hello"));
        using var call = invoker.AsyncServerStreamingCall(EchoMethods.Count, null, default, "2");
        Assert.Equal(["0", "1"], await call.ResponseStream.ReadAllAsync().ToListAsync());
    }

    [Fact]
    public async Task ServerInterceptors_EveryKindOfCall_RunInTheOrderOfRegistration()
    {
        await using var server = await LoopbackServer.StartAsync(options =>
        {
            options.Interceptors.Add<TrailerInterceptor>("outer");
            options.Interceptors.Add<TrailerInterceptor>("inner");
        });
        var invoker = server.CreateChannel().CreateCallInvoker();

        using var unary = invoker.AsyncUnaryCall(EchoMethods.Say, null, default, "hello");
        await unary;
        using var serverStreaming = invoker.AsyncServerStreamingCall(EchoMethods.Count, null, default, "1");
        await serverStreaming.ResponseStream.ReadAllAsync().ToListAsync();
        using var clientStreaming = invoker.AsyncClientStreamingCall(EchoMethods.Join, null, default);
        await clientStreaming.RequestStream.CompleteAsync();
        await clientStreaming;
        using var duplex = invoker.AsyncDuplexStreamingCall(EchoMethods.Chat, null, default);
        await duplex.RequestStream.CompleteAsync();
        await duplex.ResponseStream.ReadAllAsync().ToListAsync();

        Metadata[] allTrailers =
            [unary.GetTrailers(), serverStreaming.GetTrailers(), clientStreaming.GetTrailers(), duplex.GetTrailers()];
        Assert.All(
            allTrailers,
            trailers => Assert.Equal(
                ["outer 0", "inner 1"], trailers.GetAll("interceptor").Select(entry => entry.Value)));
    }

    [Fact]
    public async Task ClientInterceptors_OnAChannel_RunInTheOrderGivenAndMayWrapTheCall()
    {
        await using var server = await LoopbackServer.StartAsync();
        List<string> log = [];
        var invoker = server.CreateChannel()
            .Intercept(new LoggingClientInterceptor("outer", log), new UpperCaseInterceptor())
            .Intercept(headers =>
            {
                headers.Add("echo-from", "function");
                return headers;
            });

        using var call = invoker.AsyncUnaryCall(EchoMethods.Say, null, default, "hello");

        Assert.Equal("HELLO", await call);
        Assert.Equal("function", call.GetTrailers().GetValue("echo-from"));
        Assert.Equal(["outer before", "outer after"], log);
    }

    /// <summary>Changes a response, as an interceptor does: with a new call around the old one.</summary>
    private sealed class UpperCaseInterceptor : Interceptor
    {
        public override AsyncUnaryCall<TResponse> AsyncUnaryCall<TRequest, TResponse>(
            TRequest request,
            ClientInterceptorContext<TRequest, TResponse> context,
            AsyncUnaryCallContinuation<TRequest, TResponse> continuation)
        {
            var call = continuation(request, context);
            return new AsyncUnaryCall<TResponse>(
                ChangeAsync(call.ResponseAsync),
                call.ResponseHeadersAsync,
                call.GetStatus,
                call.GetTrailers,
                call.Dispose);
        }

        private static async Task<T> ChangeAsync<T>(Task<T> response) =>
            (T)(object)((string)(object)(await response)!).ToUpperInvariant();
    }
}
