using Grpc.Core;
using Grpc.Testing;

namespace DaprSocial.Conformance.Interop;

/// <summary>The official interop cases that look at which messages are compressed.</summary>
internal static class CompressionCases
{
    private const int CompressedSize = 27_182;
    private const int PlainSize = 45_904;

    private static readonly WriteOptions _plain = new(WriteFlags.NoCompress);

    public static async Task ClientCompressedUnaryAsync(InteropClient client)
    {
        await AssertProbeIsRefusedAsync(async () => await UnaryAsync(client, isExpected: true, isCompressed: false));

        InteropCases.AssertLarge(await UnaryAsync(client, isExpected: true, isCompressed: true));
        InteropCases.AssertLarge(await UnaryAsync(client, isExpected: false, isCompressed: false));
    }

    public static async Task ClientCompressedStreamingAsync(InteropClient client)
    {
        await AssertProbeIsRefusedAsync(async () =>
        {
            using var probe = client.Test.StreamingInputCall(Compressing());
            await WriteAsync(probe, CompressedSize, isExpected: true, isCompressed: false);
            await probe.RequestStream.CompleteAsync();
            await probe;
        });

        using var call = client.Test.StreamingInputCall(Compressing());
        await WriteAsync(call, CompressedSize, isExpected: true, isCompressed: true);
        await WriteAsync(call, PlainSize, isExpected: false, isCompressed: false);
        await call.RequestStream.CompleteAsync();
        Assert.Equal(CompressedSize + PlainSize, (await call).AggregatedPayloadSize);
    }

    public static async Task ServerCompressedUnaryAsync(InteropClient client)
    {
        foreach (var isCompressed in (bool[])[true, false])
        {
            var request = InteropCases.LargeRequest();
            request.ResponseCompressed = new BoolValue { Value = isCompressed };

            InteropCases.AssertLarge(await client.Test.UnaryCallAsync(request));

            Assert.Equal(isCompressed ? 1 : 0, client.TakeInflatedCount());
        }
    }

    public static async Task ServerCompressedStreamingAsync(InteropClient client)
    {
        (int Size, bool IsCompressed)[] wanted = [(31_415, true), (92_653, false)];
        using var call = client.Test.StreamingOutputCall(new StreamingOutputCallRequest
        {
            ResponseParameters =
            {
                wanted.Select(static response => new ResponseParameters
                {
                    Size = response.Size, Compressed = new BoolValue { Value = response.IsCompressed },
                }),
            },
        });

        foreach (var (size, isCompressed) in wanted)
        {
            Assert.True(await call.ResponseStream.MoveNext());
            InteropCases.AssertZeros(size, call.ResponseStream.Current.Payload);
            Assert.Equal(isCompressed ? 1 : 0, client.TakeInflatedCount());
        }

        Assert.False(await call.ResponseStream.MoveNext());
    }

    private static async Task<SimpleResponse> UnaryAsync(InteropClient client, bool isExpected, bool isCompressed)
    {
        var request = InteropCases.LargeRequest();
        request.ExpectCompressed = new BoolValue { Value = isExpected };
        var options = Compressing();
        return await client.Test.UnaryCallAsync(request, isCompressed ? options : options.WithWriteOptions(_plain));
    }

    private static Task WriteAsync(
        AsyncClientStreamingCall<StreamingInputCallRequest, StreamingInputCallResponse> call,
        int size,
        bool isExpected,
        bool isCompressed)
    {
        call.RequestStream.WriteOptions = isCompressed ? WriteOptions.Default : _plain;
        return call.RequestStream.WriteAsync(new StreamingInputCallRequest
        {
            Payload = InteropCases.Zeros(size), ExpectCompressed = new BoolValue { Value = isExpected },
        });
    }

    // The official client takes its encoding from metadata of this name, which it does not send.
    private static CallOptions Compressing() =>
        new(new Metadata { { "grpc-internal-encoding-request", WatchedGzip.Encoding } });

    private static async Task AssertProbeIsRefusedAsync(Func<Task> probe) =>
        Assert.Equal(StatusCode.InvalidArgument, (await Assert.ThrowsAsync<RpcException>(probe)).StatusCode);
}
