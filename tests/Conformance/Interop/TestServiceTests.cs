using System.Diagnostics;
using DaprSocial.Testing;
using Grpc.Core;
using Grpc.Testing;

namespace DaprSocial.Conformance.Interop;

/// <summary>Duties of the interop server that no case asks for.</summary>
public sealed class TestServiceTests(InteropServer server) : IClassFixture<InteropServer>, IDisposable
{
    private readonly InteropClient _client = new(server.Grpc);

    public void Dispose() => _client.Dispose();

    [Fact]
    public async Task CacheableUnaryCall_Called_AnswersAsUnaryCallDoes() => InteropCases.AssertLarge(
        await _client.Test.CacheableUnaryCallAsync(InteropCases.LargeRequest()).ResponseAsync.InTimeAsync());

    [Fact]
    public async Task HalfDuplexCall_RequestsHaveEnded_AnswersAllInOrder()
    {
        using var call = _client.Test.HalfDuplexCall();
        foreach (var size in (int[])[9, 2_653])
            await call.RequestStream.WriteAsync(Asking(new ResponseParameters { Size = size }));
        var first = call.ResponseStream.MoveNext();
        Assert.False(first.IsCompleted);

        await call.RequestStream.CompleteAsync();

        Assert.True(await first.InTimeAsync());
        InteropCases.AssertZeros(9, call.ResponseStream.Current.Payload);
        Assert.True(await call.ResponseStream.MoveNext().InTimeAsync());
        InteropCases.AssertZeros(2_653, call.ResponseStream.Current.Payload);
        Assert.False(await call.ResponseStream.MoveNext().InTimeAsync());
    }

    [Fact]
    public async Task StreamingOutputCall_IntervalAsked_PausesBeforeTheAnswer()
    {
        var watch = Stopwatch.StartNew();
        using var call = _client.Test.StreamingOutputCall(
            Asking(new ResponseParameters { Size = 1, IntervalUs = 50_000 }));

        Assert.True(await call.ResponseStream.MoveNext().InTimeAsync());

        Assert.InRange(watch.ElapsedMilliseconds, 45, long.MaxValue);
    }

    [Fact]
    public async Task FullDuplexCall_StatusAfterAnswers_EndsWithIt()
    {
        using var call = _client.Test.FullDuplexCall();
        await call.RequestStream.WriteAsync(Asking(new ResponseParameters { Size = 9 }));
        Assert.True(await call.ResponseStream.MoveNext().InTimeAsync());
        await call.RequestStream.WriteAsync(new StreamingOutputCallRequest
        {
            ResponseStatus = new EchoStatus { Code = (int)StatusCode.DataLoss, Message = "gone" },
        });

        var refused = await Assert.ThrowsAsync<RpcException>(() => call.ResponseStream.MoveNext().InTimeAsync());

        Assert.Equal((StatusCode.DataLoss, "gone"), (refused.StatusCode, refused.Status.Detail));
    }

    private static StreamingOutputCallRequest Asking(ResponseParameters parameters) =>
        new() { ResponseParameters = { parameters } };
}
