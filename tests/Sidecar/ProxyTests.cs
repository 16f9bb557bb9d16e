using DaprSocial.Sidecar.Tests.Protos;
using Google.Protobuf;
using Grpc.Core;
using Xunit;

namespace DaprSocial.Sidecar.Tests;

public sealed class ProxyTests : IDisposable
{
    private static readonly ByteString _hello = ByteString.CopyFromUtf8("hello");
    private readonly Patience _patience = new();

    private CancellationToken Token => _patience.Token;

    public void Dispose() => _patience.Dispose();

    [Fact]
    public async Task Unary_ToAnotherApp_ReturnsItsAnswer()
    {
        await using var mesh = await TestMesh.StartAsync(Token);

        var pong = await mesh.ProbeBy().UnaryAsync(new Ping { Body = _hello }, Call());

        Assert.Equal(_hello, pong.Body);
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

        using var call = mesh.ProbeBy().Down(new Ping { Body = _hello }, Call());
        var messages = 0;
        await foreach (var pong in call.ResponseStream.ReadAllAsync(Token))
        {
            Assert.Equal(_hello, pong.Body);
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
            await call.RequestStream.WriteAsync(new Ping { Body = _hello }, Token);
        await call.RequestStream.CompleteAsync();
        var pong = await call;

        Assert.Equal(500, BitConverter.ToInt32(pong.Body.Span));
    }

    [Fact]
    public async Task ClientStreaming_AppAnswersBeforeTheEnd_CallEnds()
    {
        await using var mesh = await TestMesh.StartAsync(Token);
        mesh.Probe.OnUp = (_, _) => Task.FromResult(new Pong { Body = _hello });

        using var call = mesh.ProbeBy().Up(Call());
        var pong = await call;

        Assert.Equal(_hello, pong.Body);
    }

    [Fact]
    public async Task Duplex_PingPong_EachAnswerArrivesBeforeTheNextQuestion()
    {
        await using var mesh = await TestMesh.StartAsync(Token);

        using var call = mesh.ProbeBy().Both(Call());
        for (var count = 0; count < 20; count++)
        {
            await call.RequestStream.WriteAsync(new Ping { Body = _hello }, Token);
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
            pongs.WriteAsync(new Pong { Body = _hello }, context.CancellationToken);

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
            Enumerable.Range(0, Calls).Select(_ => probe.UnaryAsync(new Ping { Body = _hello }, Call()).ResponseAsync));

        Assert.All(pongs, pong => Assert.Equal(_hello, pong.Body));
    }

    private CallOptions Call() => new(TestMesh.To(TestMesh.App), cancellationToken: Token);
}
