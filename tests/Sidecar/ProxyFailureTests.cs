using System.Net;
using Dapr.AppCallback.Autogen.Grpc.v1;
using DaprSocial.Sidecar.Tests.Protos;
using Google.Protobuf;
using Grpc.Core;
using Xunit;

namespace DaprSocial.Sidecar.Tests;

public sealed class ProxyFailureTests : IDisposable
{
    private const string Missing =
        "failed to proxy request: required metadata dapr-callee-app-id or dapr-app-id not found";

    private readonly Patience _patience = new();

    private CancellationToken Token => _patience.Token;

    public void Dispose() => _patience.Dispose();

    [Fact]
    public async Task Status_AppRefusesBeforeAnyMessage_CallerSeesItWithDetails()
    {
        await using var mesh = await TestMesh.StartAsync(Token);
        mesh.Probe.OnUnary = (_, _) => throw new RpcException(
            new Status(StatusCode.NotFound, "no such post: 100 % gone"),
            new Metadata { { "grpc-status-details-bin", [8, 5] } });

        var failure = await Assert.ThrowsAsync<RpcException>(async () =>
            await mesh.ProbeBy().UnaryAsync(new Ping(), Call()));

        Assert.Equal(StatusCode.NotFound, failure.StatusCode);
        Assert.Equal("no such post: 100 % gone", failure.Status.Detail);
        Assert.Equal<byte>([8, 5], failure.Trailers.GetValueBytes("grpc-status-details-bin")!);
    }

    [Fact]
    public async Task Status_AppFailsAfterMessages_CallerSeesMessagesThenStatus()
    {
        await using var mesh = await TestMesh.StartAsync(Token);
        mesh.Probe.OnDown = async (_, pongs, context) =>
        {
            await pongs.WriteAsync(new Pong(), context.CancellationToken);
            throw new RpcException(new Status(StatusCode.Aborted, "lost the race"));
        };

        using var call = mesh.ProbeBy().Down(new Ping(), Call());

        Assert.True(await call.ResponseStream.MoveNext(Token));
        var failure = await Assert.ThrowsAsync<RpcException>(() => call.ResponseStream.MoveNext(Token));
        Assert.Equal(StatusCode.Aborted, failure.StatusCode);
    }

    [Fact]
    public async Task Status_AppRefusesAStreamThatIsStillSent_CallerSeesTheStatusEveryTime()
    {
        await using var mesh = await TestMesh.StartAsync(Token);
        mesh.Probe.OnUp = (_, _) => throw new RpcException(new Status(StatusCode.ResourceExhausted, "too much"));
        var ping = new Ping { Body = ByteString.CopyFrom(new byte[100_000]) };
        var probe = mesh.ProbeBy();

        for (var attempt = 0; attempt < 50; attempt++)
        {
            using var call = probe.Up(Call());
            var sending = SendUntilRefusedAsync(call.RequestStream, ping);
            var failure = await Assert.ThrowsAsync<RpcException>(async () => await call);
            await sending;

            Assert.Equal((StatusCode.ResourceExhausted, "too much"), (failure.StatusCode, failure.Status.Detail));
        }
    }

    [Fact]
    public async Task Status_AppAbortsTheStream_CallerIsToldSo()
    {
        await using var mesh = await TestMesh.StartAsync(Token);
        mesh.Probe.OnDown = async (_, pongs, context) =>
        {
            await pongs.WriteAsync(new Pong(), context.CancellationToken);
            context.GetHttpContext().Abort();
        };

        using var call = mesh.ProbeBy().Down(new Ping(), Call());
        var failure = await Assert.ThrowsAsync<RpcException>(async () =>
        {
            while (await call.ResponseStream.MoveNext(Token))
            {
            }
        });

        Assert.Equal(StatusCode.Internal, failure.StatusCode);
        Assert.Contains("RST_STREAM", failure.Status.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cancellation_CallerGivesUp_AppIsToldSo()
    {
        await using var mesh = await TestMesh.StartAsync(Token);
        var entered = new TaskCompletionSource();
        var cancelled = new TaskCompletionSource();
        mesh.Probe.OnUnary = async (_, context) =>
        {
            using var registration = context.CancellationToken.Register(cancelled.SetResult);
            entered.SetResult();
            await cancelled.Task;
            return new Pong();
        };

        using var call = mesh.ProbeBy().UnaryAsync(new Ping(), Call());
        await entered.Task.WaitAsync(Token);
        call.Dispose();

        await cancelled.Task.WaitAsync(Token);
    }

    [Fact]
    public async Task Cancellation_CallerGivesUpWithinAStream_AppIsToldSo()
    {
        await using var mesh = await TestMesh.StartAsync(Token);
        var cancelled = new TaskCompletionSource();
        mesh.Probe.OnBoth = async (pings, pongs, context) =>
        {
            await using var registration = context.CancellationToken.Register(cancelled.SetResult);
            await pongs.WriteAsync(new Pong(), context.CancellationToken);
            await cancelled.Task;
        };

        using var call = mesh.ProbeBy().Both(Call());
        Assert.True(await call.ResponseStream.MoveNext(Token));
        call.Dispose();

        await cancelled.Task.WaitAsync(Token);
    }

    [Fact]
    public async Task Deadline_OfTheCaller_ReachesTheApp()
    {
        await using var mesh = await TestMesh.StartAsync(Token);
        var deadline = DateTime.MaxValue;
        mesh.Probe.OnUnary = (_, context) =>
        {
            deadline = context.Deadline;
            return Task.FromResult(new Pong());
        };

        var asked = TimeProvider.System.GetUtcNow().UtcDateTime.AddSeconds(20);
        await mesh.ProbeBy().UnaryAsync(new Ping(), TestMesh.To(TestMesh.App), asked, Token);

        Assert.InRange(deadline, asked.AddSeconds(-10), asked.AddSeconds(10));
    }

    [Fact]
    public async Task Deadline_Passes_CallerAndAppBothStop()
    {
        await using var mesh = await TestMesh.StartAsync(Token);
        var cancelled = new TaskCompletionSource();
        mesh.Probe.OnUnary = async (_, context) =>
        {
            await using var registration = context.CancellationToken.Register(cancelled.SetResult);
            await cancelled.Task;
            return new Pong();
        };

        var soon = TimeProvider.System.GetUtcNow().UtcDateTime.AddMilliseconds(200);
        var failure = await Assert.ThrowsAsync<RpcException>(async () =>
            await mesh.ProbeBy().UnaryAsync(new Ping(), TestMesh.To(TestMesh.App), soon, Token));

        Assert.Equal(StatusCode.DeadlineExceeded, failure.StatusCode);
        await cancelled.Task.WaitAsync(Token);
    }

    [Fact]
    public async Task Deadline_PassesAtTheAppFirst_CallerSeesItsAnswerEveryTime()
    {
        await using var mesh = await TestMesh.StartAsync(Token);
        mesh.Probe.OnUp = async (pings, context) =>
        {
            await pings.MoveNext(context.CancellationToken);
            return new Pong();
        };
        using var http = new HttpClient();
        var port = mesh.Host.PortsOf(TestMesh.Edge).Grpc;
        var method = new Uri($"http://127.0.0.1:{port}/daprsocial.sidecar.tests.Probe/Up");

        // The app ends its response and then resets the stream, while the request is still open. By hand, since a
        // client that knew of the deadline would not wait for the answer.
        for (var attempt = 0; attempt < 100; attempt++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, method)
            {
                Version = HttpVersion.Version20,
                VersionPolicy = HttpVersionPolicy.RequestVersionExact,
                Headers = { { "dapr-app-id", TestMesh.App }, { "grpc-timeout", "2m" }, { "te", "trailers" } },
                Content = new OpenBody(),
            };
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Token);

            Assert.Equal(["4"], response.Headers.GetValues("grpc-status"));
        }
    }

    [Theory]
    [InlineData(null, StatusCode.Unknown, Missing)]
    [InlineData("nobody", StatusCode.Unknown, "couldn't find service: nobody")]
    [InlineData("a.b.c", StatusCode.Unknown, "invalid app id a.b.c")]
    [InlineData("edge", StatusCode.Internal, "app channel is not initialized")]
    public async Task Target_NotThere_AnswersAsDaprd(string? appId, StatusCode code, string message)
    {
        await using var mesh = await TestMesh.StartAsync(Token);
        var headers = appId is null ? [] : TestMesh.To(appId);

        var failure = await Assert.ThrowsAsync<RpcException>(async () =>
            await mesh.ProbeBy().UnaryAsync(new Ping(), headers, cancellationToken: Token));

        Assert.Equal(code, failure.StatusCode);
        Assert.Equal(message, failure.Status.Detail);
    }

    [Fact]
    public async Task Target_AppIsDown_AnswersUnavailable()
    {
        await using var mesh = await TestMesh.StartAsync(Token);
        var gone = new TestApp();
        await gone.StartAsync(Token);
        var port = gone.Port;
        await gone.DisposeAsync();
        await mesh.Host.AttachAppAsync(TestMesh.Edge, port, Token);

        var failure = await Assert.ThrowsAsync<RpcException>(async () =>
            await mesh.ProbeBy().UnaryAsync(new Ping(), TestMesh.To(TestMesh.Edge), cancellationToken: Token));

        Assert.Equal(StatusCode.Unavailable, failure.StatusCode);
        Assert.EndsWith("connect: connection refused\"", failure.Status.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Target_MethodUnknownToTheApp_AnswersUnimplemented()
    {
        await using var mesh = await TestMesh.StartAsync(TestMesh.Options, Token, new TestApp(subscribes: false));
        var callbacks = new AppCallback.AppCallbackClient(mesh.ChannelOf(TestMesh.Edge));

        var failure = await Assert.ThrowsAsync<RpcException>(async () =>
            await callbacks.ListTopicSubscriptionsAsync(new Google.Protobuf.WellKnownTypes.Empty(), Call()));

        Assert.Equal(StatusCode.Unimplemented, failure.StatusCode);
    }

    private static async Task SendUntilRefusedAsync(IClientStreamWriter<Ping> pings, Ping ping)
    {
        try
        {
            while (true)
                await pings.WriteAsync(ping);
        }
        catch (Exception refused) when (refused is RpcException or InvalidOperationException or IOException
            or HttpRequestException)
        {
            // How a write learns that the call is over is the client's affair: a frame of it that crosses the reset of
            // its stream costs the connection (RFC 9113 §5.1), which the next call opens anew.
        }
    }

    private CallOptions Call() => new(TestMesh.To(TestMesh.App), cancellationToken: Token);
}
