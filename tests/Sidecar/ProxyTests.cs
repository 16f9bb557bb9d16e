using DaprSocial.Sidecar.Tests.Protos;
using Google.Protobuf;
using Grpc.Core;
using Xunit;

namespace DaprSocial.Sidecar.Tests;

public sealed class ProxyTests : IDisposable
{
    private static readonly ByteString s_hello = ByteString.CopyFromUtf8("hello");
    private readonly Patience _patience = new();

    private CancellationToken Token => _patience.Token;

    public void Dispose() => _patience.Dispose();

    [Fact]
    public async Task Unary_ToAnotherApp_ReturnsItsAnswer()
    {
        await using var mesh = await TestMesh.StartAsync(Token);

        var pong = await mesh.ProbeBy().UnaryAsync(new Ping { Body = s_hello }, Call());

        Assert.Equal(s_hello, pong.Body);
    }

    [Fact]
    public async Task ServerStreaming_AppPausesBetweenMessages_EachArrivesAtOnce()
    {
        await using var mesh = await TestMesh.StartAsync(Token);
        var seen = new SemaphoreSlim(0);
        mesh.Probe.OnDown = async (ping, pongs, context) =>
        {
            for (var count = 0; count < 3; count++)
            {
                await pongs.WriteAsync(new Pong { Body = ping.Body }, context.CancellationToken);
                await seen.WaitAsync(context.CancellationToken);
            }
        };

        using var call = mesh.ProbeBy().Down(new Ping { Body = s_hello }, Call());
        var messages = 0;
        await foreach (var pong in call.ResponseStream.ReadAllAsync(Token))
        {
            Assert.Equal(s_hello, pong.Body);
            messages++;
            seen.Release();
        }

        Assert.Equal(3, messages);
    }

    [Fact]
    public async Task ServerStreaming_AppSendsHeadersFirst_CallerHasThemBeforeAnyMessage()
    {
        await using var mesh = await TestMesh.StartAsync(Token);
        var read = new TaskCompletionSource();
        mesh.Probe.OnDown = async (_, _, context) =>
        {
            await context.WriteResponseHeadersAsync(new Metadata { { "x-early", "yes" } });
            await read.Task.WaitAsync(context.CancellationToken);
        };

        using var call = mesh.ProbeBy().Down(new Ping(), Call());
        var headers = await call.ResponseHeadersAsync;
        read.SetResult();

        Assert.Equal("yes", headers.GetValue("x-early"));
        Assert.False(await call.ResponseStream.MoveNext(Token));
    }

    [Fact]
    public async Task ClientStreaming_ManyMessages_AllArriveAndTheEndIsSeen()
    {
        await using var mesh = await TestMesh.StartAsync(Token);

        using var call = mesh.ProbeBy().Up(Call());
        for (var count = 0; count < 100; count++)
            await call.RequestStream.WriteAsync(new Ping { Body = s_hello }, Token);
        await call.RequestStream.CompleteAsync();
        var pong = await call;

        Assert.Equal(500, BitConverter.ToInt32(pong.Body.Span));
    }

    [Fact]
    public async Task ClientStreaming_AppAnswersBeforeTheEnd_CallEnds()
    {
        await using var mesh = await TestMesh.StartAsync(Token);
        mesh.Probe.OnUp = (_, _) => Task.FromResult(new Pong { Body = s_hello });

        using var call = mesh.ProbeBy().Up(Call());
        var pong = await call;

        Assert.Equal(s_hello, pong.Body);
    }

    [Fact]
    public async Task Duplex_PingPong_EachAnswerArrivesBeforeTheNextQuestion()
    {
        await using var mesh = await TestMesh.StartAsync(Token);

        using var call = mesh.ProbeBy().Both(Call());
        for (var count = 0; count < 20; count++)
        {
            await call.RequestStream.WriteAsync(new Ping { Body = s_hello }, Token);
            Assert.True(await call.ResponseStream.MoveNext(Token));
        }

        await call.RequestStream.CompleteAsync();
        Assert.False(await call.ResponseStream.MoveNext(Token));
    }

    [Fact]
    public async Task Duplex_AppSpeaksFirst_ItsMessageArrives()
    {
        await using var mesh = await TestMesh.StartAsync(Token);
        mesh.Probe.OnBoth = (_, pongs, context) =>
            pongs.WriteAsync(new Pong { Body = s_hello }, context.CancellationToken);

        using var call = mesh.ProbeBy().Both(Call());

        Assert.True(await call.ResponseStream.MoveNext(Token));
    }

    [Fact]
    public async Task Unary_MessagesFarBeyondTheFlowControlWindow_PassWhole()
    {
        await using var mesh = await TestMesh.StartAsync(Token);
        var body = new byte[16 * 1024 * 1024];
        new Random(1).NextBytes(body);

        var pong = await mesh.ProbeBy().UnaryAsync(new Ping { Body = ByteString.CopyFrom(body) }, Call());

        Assert.True(pong.Body.Span.SequenceEqual(body));
    }

    [Fact]
    public async Task ClientStreaming_AppDoesNotRead_CallerIsSlowedDown()
    {
        await using var mesh = await TestMesh.StartAsync(Token);
        var read = new TaskCompletionSource();
        var fallback = mesh.Probe.OnUp;
        mesh.Probe.OnUp = async (pings, context) =>
        {
            await read.Task.WaitAsync(context.CancellationToken);
            return await fallback(pings, context);
        };
        const int Messages = 64;
        var ping = new Ping { Body = ByteString.CopyFrom(new byte[1024 * 1024]) };

        using var call = mesh.ProbeBy().Up(Call());
        var written = 0;
        var writing = Task.Run(async () =>
        {
            for (; written < Messages; written++)
                await call.RequestStream.WriteAsync(ping, Token);
            await call.RequestStream.CompleteAsync();
        });
        // A unary call behind it shows that the connection lives while the stream is stuck.
        await mesh.ProbeBy().UnaryAsync(new Ping(), Call());
        var writtenUnread = Volatile.Read(ref written);
        read.SetResult();
        await writing;

        Assert.True(writtenUnread < Messages);
        var pong = await call;
        Assert.Equal(Messages * 1024 * 1024, BitConverter.ToInt32(pong.Body.Span));
    }

    [Fact]
    public async Task Unary_ManyAtOnceOnOneConnection_AllSucceed()
    {
        await using var mesh = await TestMesh.StartAsync(Token);
        const int Calls = 300;
        var all = new TaskCompletionSource();
        var arrived = 0;
        mesh.Probe.OnUnary = async (ping, context) =>
        {
            if (Interlocked.Increment(ref arrived) == Calls)
                all.SetResult();
            await all.Task.WaitAsync(context.CancellationToken);
            return new Pong { Body = ping.Body };
        };

        var probe = mesh.ProbeBy();
        var pongs = await Task.WhenAll(
            Enumerable.Range(0, Calls).Select(_ => probe.UnaryAsync(new Ping { Body = s_hello }, Call()).ResponseAsync));

        Assert.All(pongs, pong => Assert.Equal(s_hello, pong.Body));
    }

    [Fact]
    public async Task Metadata_BothWays_PassesUntouched()
    {
        await using var mesh = await TestMesh.StartAsync(Token);
        Metadata? seen = null;
        mesh.Probe.OnUnary = async (_, context) =>
        {
            seen = context.RequestHeaders;
            await context.WriteResponseHeadersAsync(new Metadata { { "x-head", "1" }, { "x-head-bin", [1, 0, 255] } });
            context.ResponseTrailers.Add("x-tail", "2");
            context.ResponseTrailers.Add("x-tail-bin", [2, 0, 254]);
            return new Pong();
        };

        var headers = TestMesh.To(TestMesh.App);
        headers.Add("x-text", "value");
        headers.Add("x-bytes-bin", [3, 0, 253]);
        using var call = mesh.ProbeBy().UnaryAsync(new Ping(), headers, cancellationToken: Token);
        await call;
        var head = await call.ResponseHeadersAsync;

        Assert.Equal("value", seen!.GetValue("x-text"));
        Assert.Equal<byte>([3, 0, 253], seen.GetValueBytes("x-bytes-bin")!);
        Assert.Null(seen.Get("dapr-app-id"));
        Assert.Equal("1", head.GetValue("x-head"));
        Assert.Equal<byte>([1, 0, 255], head.GetValueBytes("x-head-bin")!);
        Assert.Equal("2", call.GetTrailers().GetValue("x-tail"));
        Assert.Equal<byte>([2, 0, 254], call.GetTrailers().GetValueBytes("x-tail-bin")!);
    }

    [Fact]
    public async Task Metadata_ClientForgesTheSidecarsOwn_AppSeesTheSidecarsWordOnly()
    {
        await using var mesh = await TestMesh.StartAsync(Token);
        var headers = TestMesh.To(TestMesh.App);
        headers.Add("dapr-caller-app-id", "forged");
        headers.Add("dapr-api-token", "callers-secret");

        var seen = await HeadersSeenAsync(mesh, mesh.ProbeBy(), headers);

        Assert.Equal(["edge"], seen.GetAll("dapr-caller-app-id").Select(entry => entry.Value));
        Assert.Equal(["app"], seen.GetAll("dapr-callee-app-id").Select(entry => entry.Value));
        Assert.Equal(["app-secret"], seen.GetAll("dapr-api-token").Select(entry => entry.Value));
    }

    [Fact]
    public async Task Metadata_CallToOneself_NamesNoCaller()
    {
        await using var mesh = await TestMesh.StartAsync(Token);

        var seen = await HeadersSeenAsync(mesh, mesh.ProbeBy(TestMesh.App), TestMesh.To(TestMesh.App));

        Assert.Null(seen.Get("dapr-caller-app-id"));
        Assert.Null(seen.Get("dapr-callee-app-id"));
    }

    [Fact]
    public async Task Metadata_CalleeHeaderWithNamespace_WinsOverAppId()
    {
        await using var mesh = await TestMesh.StartAsync(Token);
        var headers = TestMesh.To("nobody");
        headers.Add("dapr-callee-app-id", "app.default");

        var seen = await HeadersSeenAsync(mesh, mesh.ProbeBy(), headers);

        Assert.Equal("app", seen.GetValue("dapr-callee-app-id"));
    }

    [Fact]
    public async Task Metadata_SeveralTraceparents_AppSeesTheLast()
    {
        await using var mesh = await TestMesh.StartAsync(Token);
        const string Last = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
        var headers = TestMesh.To(TestMesh.App);
        headers.Add("traceparent", "00-11111111111111111111111111111111-2222222222222222-01");
        headers.Add("traceparent", Last);

        var seen = await HeadersSeenAsync(mesh, mesh.ProbeBy(), headers);

        Assert.Equal([Last], seen.GetAll("traceparent").Select(entry => entry.Value));
    }

    [Fact]
    public async Task Status_AppRefusesBeforeAnyMessage_CallerSeesItWithDetails()
    {
        await using var mesh = await TestMesh.StartAsync(Token);
        mesh.Probe.OnUnary = (_, _) => throw new RpcException(
            new Status(StatusCode.NotFound, "no such post: 100 % gone"),
            new Metadata { { "grpc-status-details-bin", [8, 5] } });

        var failure = await Assert.ThrowsAsync<RpcException>(async () => await mesh.ProbeBy().UnaryAsync(new Ping(), Call()));

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

    [Theory]
    [InlineData(null, StatusCode.Unknown, "failed to proxy request: required metadata dapr-callee-app-id or dapr-app-id not found")]
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
        var callbacks = new Dapr.AppCallback.Autogen.Grpc.v1.AppCallback.AppCallbackClient(mesh.ChannelOf(TestMesh.Edge));

        var failure = await Assert.ThrowsAsync<RpcException>(async () =>
            await callbacks.ListTopicSubscriptionsAsync(new Google.Protobuf.WellKnownTypes.Empty(), Call()));

        Assert.Equal(StatusCode.Unimplemented, failure.StatusCode);
    }

    private static async Task<Metadata> HeadersSeenAsync(TestMesh mesh, Probe.ProbeClient probe, Metadata headers)
    {
        Metadata? seen = null;
        mesh.Probe.OnUnary = (_, context) =>
        {
            seen = context.RequestHeaders;
            return Task.FromResult(new Pong());
        };
        await probe.UnaryAsync(new Ping(), headers);
        return seen!;
    }

    private CallOptions Call() => new(TestMesh.To(TestMesh.App), cancellationToken: Token);
}
