using System.Collections.Frozen;
using DaprSocial.Testing;
using Google.Protobuf;
using Grpc.Core;
using Grpc.Testing;

namespace DaprSocial.Conformance.Interop;

/// <summary>
/// The official interop cases of gRPC, as a client. Foreign clients go by the same names; which of them has which case
/// stands in <see cref="InteropTable"/>.
/// </summary>
internal static class InteropCases
{
    private const int LargeRequestSize = 271_828;
    private const int LargeResponseSize = 314_159;
    private const string EchoedText = "test_initial_metadata_value";
    private const string StatusText = "test status message";
    private const string SpecialStatusText =
        "\t\ntest with whitespace\r\nand Unicode BMP \u263a and non-BMP \U0001f608\t\n";

    private static readonly byte[] _echoedBytes = [0xab, 0xab, 0xab];
    private static readonly TimeSpan _shortTimeout = TimeSpan.FromMilliseconds(1);
    private static readonly (int Request, int Response)[] _pingPongs =
        [(27_182, 31_415), (8, 9), (1_828, 2_653), (45_904, 58_979)];

    private static readonly FrozenDictionary<string, Func<InteropClient, Task>> _cases =
        new Dictionary<string, Func<InteropClient, Task>>
        {
            ["empty_unary"] = EmptyUnaryAsync,
            ["large_unary"] = LargeUnaryAsync,
            ["client_streaming"] = ClientStreamingAsync,
            ["server_streaming"] = ServerStreamingAsync,
            ["ping_pong"] = PingPongAsync,
            ["empty_stream"] = EmptyStreamAsync,
            ["client_compressed_unary"] = CompressionCases.ClientCompressedUnaryAsync,
            ["client_compressed_streaming"] = CompressionCases.ClientCompressedStreamingAsync,
            ["server_compressed_unary"] = CompressionCases.ServerCompressedUnaryAsync,
            ["server_compressed_streaming"] = CompressionCases.ServerCompressedStreamingAsync,
            ["custom_metadata"] = CustomMetadataAsync,
            ["status_code_and_message"] = StatusCodeAndMessageAsync,
            ["special_status_message"] = SpecialStatusMessageAsync,
            ["unimplemented_method"] = UnimplementedMethodAsync,
            ["unimplemented_service"] = UnimplementedServiceAsync,
            ["cancel_after_begin"] = CancelAfterBeginAsync,
            ["cancel_after_first_response"] = CancelAfterFirstResponseAsync,
            ["timeout_on_sleeping_server"] = TimeoutOnSleepingServerAsync,
        }.ToFrozenDictionary();

    public static IEnumerable<string> Names => _cases.Keys;

    public static Task RunAsync(string name, InteropClient client) => _cases[name](client).InTimeAsync();

    public static SimpleRequest LargeRequest() =>
        new() { ResponseSize = LargeResponseSize, Payload = Zeros(LargeRequestSize) };

    public static Payload Zeros(int size) => new() { Body = ByteString.CopyFrom(new byte[size]) };

    public static void AssertLarge(SimpleResponse response) => AssertZeros(LargeResponseSize, response.Payload);

    public static void AssertZeros(int size, Payload payload)
    {
        Assert.Equal(size, payload.Body.Length);
        Assert.False(payload.Body.Span.ContainsAnyExcept((byte)0));
    }

    private static async Task EmptyUnaryAsync(InteropClient client) =>
        Assert.Equal(new Empty(), await client.Test.EmptyCallAsync(new Empty()));

    private static async Task LargeUnaryAsync(InteropClient client) =>
        AssertLarge(await client.Test.UnaryCallAsync(LargeRequest()));

    private static async Task ClientStreamingAsync(InteropClient client)
    {
        using var call = client.Test.StreamingInputCall();
        foreach (var size in (int[])[27_182, 8, 1_828, 45_904])
            await call.RequestStream.WriteAsync(new StreamingInputCallRequest { Payload = Zeros(size) });
        await call.RequestStream.CompleteAsync();

        Assert.Equal(74_922, (await call).AggregatedPayloadSize);
    }

    private static async Task ServerStreamingAsync(InteropClient client)
    {
        int[] sizes = [31_415, 9, 2_653, 58_979];
        using var call = client.Test.StreamingOutputCall(new StreamingOutputCallRequest
        {
            ResponseParameters = { sizes.Select(static size => new ResponseParameters { Size = size }) },
        });

        foreach (var size in sizes)
        {
            Assert.True(await call.ResponseStream.MoveNext());
            AssertZeros(size, call.ResponseStream.Current.Payload);
        }

        Assert.False(await call.ResponseStream.MoveNext());
        Assert.Equal(StatusCode.OK, call.GetStatus().StatusCode);
    }

    private static async Task PingPongAsync(InteropClient client)
    {
        using var call = client.Test.FullDuplexCall();
        foreach (var (request, response) in _pingPongs)
        {
            await call.RequestStream.WriteAsync(Ping(request, response));
            Assert.True(await call.ResponseStream.MoveNext());
            AssertZeros(response, call.ResponseStream.Current.Payload);
        }

        await call.RequestStream.CompleteAsync();
        Assert.False(await call.ResponseStream.MoveNext());
        Assert.Equal(StatusCode.OK, call.GetStatus().StatusCode);
    }

    private static async Task EmptyStreamAsync(InteropClient client)
    {
        using var call = client.Test.FullDuplexCall();
        await call.RequestStream.CompleteAsync();

        Assert.False(await call.ResponseStream.MoveNext());
        Assert.Equal(StatusCode.OK, call.GetStatus().StatusCode);
    }

    private static async Task CustomMetadataAsync(InteropClient client)
    {
        var headers = new Metadata
        {
            { TestServiceImpl.InitialKey, EchoedText }, { TestServiceImpl.TrailingKey, _echoedBytes },
        };

        using var unary = client.Test.UnaryCallAsync(LargeRequest(), headers);
        AssertLarge(await unary);
        AssertEchoed(await unary.ResponseHeadersAsync, unary.GetTrailers());
        if (!client.CanStreamRequests)
            return;
        using var duplex = client.Test.FullDuplexCall(headers);
        await duplex.RequestStream.WriteAsync(Ping(LargeRequestSize, LargeResponseSize));
        await duplex.RequestStream.CompleteAsync();
        Assert.True(await duplex.ResponseStream.MoveNext());
        AssertZeros(LargeResponseSize, duplex.ResponseStream.Current.Payload);
        Assert.False(await duplex.ResponseStream.MoveNext());
        AssertEchoed(await duplex.ResponseHeadersAsync, duplex.GetTrailers());
    }

    private static void AssertEchoed(Metadata headers, Metadata trailers)
    {
        Assert.Equal(EchoedText, headers.GetValue(TestServiceImpl.InitialKey));
        Assert.Equal(_echoedBytes, trailers.GetValueBytes(TestServiceImpl.TrailingKey));
    }

    private static async Task StatusCodeAndMessageAsync(InteropClient client)
    {
        var status = new EchoStatus { Code = (int)StatusCode.Unknown, Message = StatusText };

        await AssertEndsAsync(
            StatusCode.Unknown, StatusText,
            async () => await client.Test.UnaryCallAsync(new SimpleRequest { ResponseStatus = status }));
        if (!client.CanStreamRequests)
            return;
        using var call = client.Test.FullDuplexCall();
        await call.RequestStream.WriteAsync(new StreamingOutputCallRequest { ResponseStatus = status });
        await call.RequestStream.CompleteAsync();
        await AssertEndsAsync(StatusCode.Unknown, StatusText, () => call.ResponseStream.MoveNext());
    }

    private static Task SpecialStatusMessageAsync(InteropClient client) => AssertEndsAsync(
        StatusCode.Unknown, SpecialStatusText,
        async () => await client.Test.UnaryCallAsync(new SimpleRequest
        {
            ResponseStatus = new EchoStatus { Code = (int)StatusCode.Unknown, Message = SpecialStatusText },
        }));

    private static Task UnimplementedMethodAsync(InteropClient client) => AssertEndsAsync(
        StatusCode.Unimplemented, null, async () => await client.Test.UnimplementedCallAsync(new Empty()));

    private static Task UnimplementedServiceAsync(InteropClient client) => AssertEndsAsync(
        StatusCode.Unimplemented, null, async () => await client.Nobody.UnimplementedCallAsync(new Empty()));

    private static async Task CancelAfterBeginAsync(InteropClient client)
    {
        using var cancel = new CancellationTokenSource();
        using var call = client.Test.StreamingInputCall(cancellationToken: cancel.Token);
        await cancel.CancelAsync();

        await AssertEndsAsync(StatusCode.Cancelled, null, async () => await call);
    }

    private static async Task CancelAfterFirstResponseAsync(InteropClient client)
    {
        using var cancel = new CancellationTokenSource();
        using var call = client.Test.FullDuplexCall(cancellationToken: cancel.Token);
        await call.RequestStream.WriteAsync(Ping(27_182, 31_415));
        Assert.True(await call.ResponseStream.MoveNext());
        AssertZeros(31_415, call.ResponseStream.Current.Payload);
        await cancel.CancelAsync();

        await AssertEndsAsync(StatusCode.Cancelled, null, () => call.ResponseStream.MoveNext());
    }

    // It sleeps until its next request, which never comes.
    private static async Task TimeoutOnSleepingServerAsync(InteropClient client)
    {
        var deadline = TimeProvider.System.GetUtcNow().UtcDateTime + _shortTimeout;

        await AssertEndsAsync(StatusCode.DeadlineExceeded, null, async () =>
        {
            using var call = client.Test.FullDuplexCall(deadline: deadline);
            await call.RequestStream.WriteAsync(new StreamingOutputCallRequest { Payload = Zeros(27_182) });
            await call.ResponseStream.MoveNext();
        });
    }

    private static StreamingOutputCallRequest Ping(int requestSize, int responseSize) => new()
    {
        ResponseParameters = { new ResponseParameters { Size = responseSize } }, Payload = Zeros(requestSize),
    };

    private static async Task AssertEndsAsync(StatusCode code, string? message, Func<Task> call)
    {
        var status = (await Assert.ThrowsAsync<RpcException>(call)).Status;
        Assert.Equal(code, status.StatusCode);
        if (message is not null)
            Assert.Equal(message, status.Detail);
    }
}
