using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using DaprSocial.Errors;
using DaprSocial.Hosting.Limits;
using DaprSocial.Testing;
using Google.Protobuf;
using Google.Rpc;
using Grpc.Core;
using Grpc.Health.V1;

namespace DaprSocial.Platform.Tests.Hosting.Limits;

public sealed class CallLimitsTests
{
    private const int ReceiveBytesMax = 64 * 1024;

    [Fact]
    public async Task Unary_OverTheLimit_IsRefusedUntilOneEnds()
    {
        await using var host = await LimitedHost.StartAsync(new CallLimits { UnaryCallsMax = 2 });
        var waiting = new[] { WaitAsync(host), WaitAsync(host) };
        await host.Service.Arrived.WaitAsync().InTimeAsync();
        await host.Service.Arrived.WaitAsync().InTimeAsync();

        var refusal = await Assert.ThrowsAsync<RpcException>(async () => await host.Client.CheckAsync(new()));
        host.Service.Release.SetResult();
        await Task.WhenAll(waiting).InTimeAsync();

        Assert.Equal((StatusCode.ResourceExhausted, "OVERLOADED"), (refusal.StatusCode, refusal.GetReason()));
        Assert.Equal("This instance has 2 calls already; try again.", refusal.Status.Detail);
        Assert.Equal(1, refusal.GetRpcStatus()!.GetDetail<RetryInfo>()!.RetryDelay.Seconds);
        await host.Client.CheckAsync(new());
    }

    [Fact]
    public async Task Stream_OverTheLimit_IsRefusedAndUnaryCallsAreNot()
    {
        await using var host = await LimitedHost.StartAsync(new CallLimits { StreamsMax = 1 });
        using var first = host.Client.Watch(new());
        await host.Service.Arrived.WaitAsync().InTimeAsync();

        using var second = host.Client.Watch(new());
        var refusal = await Assert.ThrowsAsync<RpcException>(
            () => second.ResponseStream.MoveNext(CancellationToken.None).InTimeAsync());

        Assert.Equal("OVERLOADED", refusal.GetReason());
        await host.Client.CheckAsync(new());
    }

    [Theory]
    [InlineData(null, 5)]
    [InlineData(3, 3)]
    [InlineData(3600, 10)]
    public async Task Unary_Deadline_IsTheCallersTheDefaultOrTheGreatest(int? seconds, int expectedSeconds)
    {
        await using var host = await LimitedHost.StartAsync(
            new CallLimits { UnaryTimeoutDefaultMs = 5_000, UnaryTimeoutMaxMs = 10_000 });
        var before = TimeProvider.System.GetUtcNow().UtcDateTime;

        await host.Client.CheckAsync(new(), deadline: seconds is { } s ? before.AddSeconds(s) : null);

        Assert.InRange(
            host.Service.Deadline - before, TimeSpan.FromSeconds(expectedSeconds - 1),
            TimeSpan.FromSeconds(expectedSeconds + 30));
    }

    [Theory]
    [InlineData("soon", "13")]
    [InlineData("1000000000S", "13")]
    [InlineData("0S", "4")]
    public async Task Unary_TimeoutMalformedOrNothing_IsRefused(string timeout, string status)
    {
        await using var host = await LimitedHost.StartAsync(new CallLimits());

        using var response = await PostAsync(host, GrpcFrame.Of(new HealthCheckRequest().ToByteArray(), 0), timeout);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(status, response.Headers.GetValues("grpc-status").Single());
        await host.Client.CheckAsync(new());
    }

    [Fact]
    public async Task Message_LargerThanMayBe_IsRefused()
    {
        await using var host = await LimitedHost.StartAsync(new CallLimits { ReceiveBytesMax = ReceiveBytesMax });

        var refusal = await Assert.ThrowsAsync<RpcException>(async () =>
            await host.Client.CheckAsync(new() { Service = new string('x', ReceiveBytesMax) }));

        Assert.Equal(StatusCode.ResourceExhausted, refusal.StatusCode);
    }

    [Theory]
    [InlineData(ReceiveBytesMax / 2, "0")]
    [InlineData(ReceiveBytesMax * 100, "8")]
    public async Task Message_InflatesToMoreThanMayBe_IsRefused(int size, string status)
    {
        await using var host = await LimitedHost.StartAsync(new CallLimits { ReceiveBytesMax = ReceiveBytesMax });
        var message = new HealthCheckRequest { Service = new string('x', size) }.ToByteArray();

        using var response = await PostAsync(host, GrpcFrame.Of(Gzip(message), 1), encoding: "gzip");

        Assert.Equal(status, StatusOf(response));
    }

    [Fact]
    public async Task Message_IsNoGzip_IsInternal()
    {
        await using var host = await LimitedHost.StartAsync(new CallLimits());

        var frame = GrpcFrame.Of([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12], 1);

        using var response = await PostAsync(host, frame, encoding: "gzip");

        Assert.Equal("13", StatusOf(response));
    }

    [Fact]
    public async Task Stream_CallerSendsNothing_EndsAfterTheTimeout()
    {
        var clock = new FakeTimeProvider();
        var idle = new StreamIdleInterceptor(
            Microsoft.Extensions.Options.Options.Create(new CallLimits { StreamIdleTimeoutMs = 60_000 }), clock);

        var call = idle.ClientStreamingServerHandler<HealthCheckRequest, HealthCheckResponse>(
            new SilentReader(), null!,
            async (reader, _) =>
            {
                while (await reader.MoveNext(CancellationToken.None))
                    Assert.NotNull(reader.Current);
                return new HealthCheckResponse();
            });
        await clock.WhenScheduledAsync(TimeSpan.FromMinutes(1)).InTimeAsync();
        clock.Advance(TimeSpan.FromMinutes(1));

        var end = await Assert.ThrowsAsync<StreamFailedException>(() => call.InTimeAsync());
        Assert.Equal(
            (StatusCode.DeadlineExceeded, "The stream was idle for 60 s."), (end.Status.StatusCode, end.Status.Detail));
    }

    private static async Task WaitAsync(LimitedHost host) => await host.Client.CheckAsync(new() { Service = "wait" });

    private static byte[] Gzip(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.SmallestSize))
            gzip.Write(bytes);
        return packed.ToArray();
    }

    private static string StatusOf(HttpResponseMessage response) =>
        (response.Headers.TryGetValues("grpc-status", out var values) ? values : response.TrailingHeaders
            .GetValues("grpc-status")).Single();

    private static async Task<HttpResponseMessage> PostAsync(
        LimitedHost host, byte[] body, string? timeout = null, string? encoding = null)
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{host.Address}/grpc.health.v1.Health/Check")
        {
            Version = HttpVersion.Version20, VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = new ByteArrayContent(body),
        };
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse("application/grpc");
        if (timeout is not null)
            request.Headers.Add("grpc-timeout", timeout);
        if (encoding is not null)
            request.Headers.Add("grpc-encoding", encoding);
        var response = await http.SendAsync(request).InTimeAsync();
        // Trailers are there once the body is read.
        await response.Content.LoadIntoBufferAsync();
        return response;
    }

    /// <summary>One message, and then nothing.</summary>
    private sealed class SilentReader : IAsyncStreamReader<HealthCheckRequest>
    {
        private bool _isSent;

        public HealthCheckRequest Current { get; } = new();

        public Task<bool> MoveNext(CancellationToken cancellationToken)
        {
            if (_isSent)
                return new TaskCompletionSource<bool>().Task;
            _isSent = true;
            return Task.FromResult(true);
        }
    }
}
