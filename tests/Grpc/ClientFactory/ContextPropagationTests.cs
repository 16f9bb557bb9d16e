using DaprSocial.Testing;
using Grpc.Core;
using Grpc.Health.V1;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace DaprSocial.Grpc.Tests.ClientFactory;

public sealed class ContextPropagationTests
{
    private readonly EchoProbe _probe = new();
    private readonly DateTime _now = FakeTimeProvider.AtRealTime().GetUtcNow().UtcDateTime;
    private CallOptions _seen;

    [Theory]
    [InlineData(MethodType.Unary)]
    [InlineData(MethodType.ClientStreaming)]
    [InlineData(MethodType.ServerStreaming)]
    [InlineData(MethodType.DuplexStreaming)]
    public async Task Deadline_OfTheIncomingCall_IsTheOutgoingOnes(MethodType kind)
    {
        var incoming = DateTime.MinValue;

        await RelayAsync(
            async (client, context) =>
            {
                incoming = context.Deadline;
                await client.CallAsync(kind, "a", default);
            },
            new CallOptions(deadline: _now.AddHours(1)));

        Assert.Equal(incoming, _seen.Deadline);
        // By way of relative times on the wire.
        Assert.Equal(_now.AddHours(1), _probe.Deadline, TimeSpan.FromMinutes(1));
    }

    [Theory]
    [InlineData(null, null, null)]
    [InlineData(null, 2, 2)]
    [InlineData(1, null, 1)]
    [InlineData(1, 2, 1)]
    [InlineData(2, 1, 1)]
    public async Task Deadline_OwnAndIncoming_TheEarlierCounts(int? incomingHours, int? ownHours, int? expectedHours)
    {
        var own = ownHours is { } hours ? _now.AddHours(hours) : (DateTime?)null;

        await RelayAsync(
            async (client, _) => await client.Say("a", new CallOptions(deadline: own)),
            new CallOptions(deadline: incomingHours is { } limit ? _now.AddHours(limit) : null));

        if (expectedHours is { } expected)
            Assert.Equal(_now.AddHours(expected), _probe.Deadline, TimeSpan.FromMinutes(1));
        else
            Assert.Equal((null, DateTime.MaxValue), (_seen.Deadline, _probe.Deadline));
    }

    [Theory]
    [InlineData(MethodType.Unary, false)]
    [InlineData(MethodType.ClientStreaming, false)]
    [InlineData(MethodType.ServerStreaming, false)]
    [InlineData(MethodType.DuplexStreaming, false)]
    [InlineData(MethodType.Unary, true)]
    [InlineData(MethodType.ClientStreaming, true)]
    [InlineData(MethodType.ServerStreaming, true)]
    [InlineData(MethodType.DuplexStreaming, true)]
    public async Task Cancel_OfTheIncomingCall_EndsTheOutgoingOne(MethodType kind, bool hasOwnToken)
    {
        using var caller = new CancellationTokenSource();
        using var own = new CancellationTokenSource();
        var options = hasOwnToken ? new CallOptions(cancellationToken: own.Token) : default;
        var relaying = RelayAsync(
            (client, _) => client.CallAsync(kind, EchoService.Hang, options),
            new CallOptions(cancellationToken: caller.Token),
            until: _probe.GivenUp);
        await _probe.Entered.InTimeAsync();

        await caller.CancelAsync();

        var end = await Assert.ThrowsAsync<RpcException>(() => relaying);
        Assert.Equal(StatusCode.Cancelled, end.StatusCode);
    }

    [Theory]
    [InlineData(MethodType.Unary)]
    [InlineData(MethodType.ClientStreaming)]
    [InlineData(MethodType.ServerStreaming)]
    [InlineData(MethodType.DuplexStreaming)]
    public async Task Cancel_ByTheOwnToken_EndsTheOutgoingCallAlone(MethodType kind)
    {
        using var own = new CancellationTokenSource();
        var end = StatusCode.OK;
        var relaying = RelayAsync(async (client, context) =>
        {
            try
            {
                await client.CallAsync(kind, EchoService.Hang, new CallOptions(cancellationToken: own.Token));
            }
            catch (RpcException exception) when (!context.CancellationToken.IsCancellationRequested)
            {
                end = exception.StatusCode;
            }
        });
        await _probe.Entered.InTimeAsync();

        await own.CancelAsync();

        await _probe.GivenUp.InTimeAsync();
        await relaying.InTimeAsync();
        Assert.Equal(StatusCode.Cancelled, end);
    }

    [Theory]
    [InlineData(MethodType.Unary, "a")]
    [InlineData(MethodType.ClientStreaming, "a")]
    [InlineData(MethodType.ServerStreaming, "a")]
    [InlineData(MethodType.DuplexStreaming, "a")]
    [InlineData(MethodType.Unary, EchoService.Fail)]
    [InlineData(MethodType.ClientStreaming, EchoService.Fail)]
    [InlineData(MethodType.ServerStreaming, EchoService.Fail)]
    [InlineData(MethodType.DuplexStreaming, EchoService.Fail)]
    public async Task Link_CallHasEnded_LetsGoOfBothTokens(MethodType kind, string request)
    {
        using var own = new CancellationTokenSource();
        var isReleased = false;
        var relaying = RelayAsync(async (client, _) =>
        {
            try
            {
                await client.CallAsync(kind, request, new CallOptions(cancellationToken: own.Token));
            }
            finally
            {
                isReleased = IsReleased();
            }
        });

        var end = await Record.ExceptionAsync(() => relaying.InTimeAsync());

        Assert.Equal(request == EchoService.Fail, end is RpcException { StatusCode: StatusCode.Aborted });
        Assert.NotEqual(own.Token, _seen.CancellationToken);
        Assert.True(isReleased);
    }

    [Theory]
    [InlineData(MethodType.Unary)]
    [InlineData(MethodType.ClientStreaming)]
    [InlineData(MethodType.ServerStreaming)]
    [InlineData(MethodType.DuplexStreaming)]
    public async Task Link_CallIsDisposed_LetsGoOfBothTokens(MethodType kind)
    {
        using var own = new CancellationTokenSource();
        var released = (Before: true, After: false);

        await RelayAsync((client, _) =>
        {
            var call = client.Open(kind, new CallOptions(cancellationToken: own.Token));
            released.Before = IsReleased();
            call.Dispose();
            call.Dispose();
            released.After = IsReleased();
            return Task.CompletedTask;
        });

        Assert.Equal((false, true), released);
    }

    [Fact]
    public async Task Link_SecondReadAtOnce_IsKept()
    {
        using var own = new CancellationTokenSource();
        var isReleased = true;
        Exception? refusal = null;

        await RelayAsync(async (client, _) =>
        {
            using var call = client.Repeat(EchoService.Hang, new CallOptions(cancellationToken: own.Token));
            var reading = call.ResponseStream.MoveNext(CancellationToken.None);
            refusal = await Record.ExceptionAsync(() => call.ResponseStream.MoveNext(CancellationToken.None));
            isReleased = IsReleased();
            await own.CancelAsync();
            await Record.ExceptionAsync(() => reading);
        });

        Assert.IsType<InvalidOperationException>(refusal);
        Assert.False(isReleased);
    }

    [Fact]
    public async Task Link_CallCannotStart_LetsGoOfBothTokens()
    {
        using var own = new CancellationTokenSource();
        Exception? refusal = null;

        await RelayAsync(
            async (client, _) => refusal = await Record.ExceptionAsync(
                async () => await client.Say("a", new CallOptions(cancellationToken: own.Token))),
            configure: client => client.AddInterceptor(() => new RecordingInterceptor(
                "inside", (_, _) => throw new NotSupportedException())));

        Assert.IsType<NotSupportedException>(refusal);
        Assert.True(IsReleased());
    }

    [Fact]
    public async Task Link_CallObject_GivesWhatTheCallGives()
    {
        using var own = new CancellationTokenSource();
        var options = new CallOptions(cancellationToken: own.Token);
        List<(Metadata Headers, Status Status, Metadata Trailers)> outcomes = [];

        await RelayAsync(async (client, _) =>
        {
            using var saying = client.Say("a", options);
            await saying;
            outcomes.Add((await saying.ResponseHeadersAsync, saying.GetStatus(), saying.GetTrailers()));
            using var joining = client.Join(options);
            await joining.RequestStream.CompleteAsync();
            await joining;
            outcomes.Add((await joining.ResponseHeadersAsync, joining.GetStatus(), joining.GetTrailers()));
            using var repeating = client.Repeat("a", options);
            await repeating.ResponseStream.ReadAllAsync().ToListAsync();
            outcomes.Add((await repeating.ResponseHeadersAsync, repeating.GetStatus(), repeating.GetTrailers()));
            using var chatting = client.Chat(options);
            await chatting.RequestStream.CompleteAsync();
            await chatting.ResponseStream.ReadAllAsync().ToListAsync();
            outcomes.Add((await chatting.ResponseHeadersAsync, chatting.GetStatus(), chatting.GetTrailers()));
        });

        Assert.Equal(4, outcomes.Count);
        Assert.All(outcomes, outcome => Assert.Equal(StatusCode.OK, outcome.Status.StatusCode));
        Assert.All(outcomes, outcome => Assert.NotNull(outcome.Headers.Get("date")));
        Assert.All(outcomes, outcome => Assert.NotNull(outcome.Trailers));
    }

    [Fact]
    public async Task BlockingCall_WithOwnToken_HasBothAndLetsGo()
    {
        using var own = new CancellationTokenSource();
        var response = "";

        await RelayAsync(
            (client, _) =>
            {
                response = client.SayAndBlock("a", new CallOptions(cancellationToken: own.Token));
                return Task.CompletedTask;
            },
            new CallOptions(deadline: _now.AddHours(1)));

        Assert.Equal("a", response);
        Assert.NotNull(_seen.Deadline);
        Assert.NotEqual(own.Token, _seen.CancellationToken);
        Assert.True(IsReleased());
    }

    [Fact]
    public async Task Token_IsTheIncomingCallsOwn_NeedsNoLink()
    {
        var token = CancellationToken.None;

        await RelayAsync(async (client, context) =>
        {
            token = context.CancellationToken;
            await client.Say("a", new CallOptions(cancellationToken: token));
        });

        Assert.Equal(token, _seen.CancellationToken);
    }

    [Fact]
    public async Task Call_NothingIsServed_IsRefusedUnlessSuppressed()
    {
        await using var echo = await EchoHost.StartAsync(_probe);
        var services = new ServiceCollection();
        services.AddGrpcClient<EchoClient>("strict", client => client.Address = echo.Grpc)
            .EnableCallContextPropagation();
        services.AddGrpcClient<EchoClient>("lax", client => client.Address = echo.Grpc)
            .EnableCallContextPropagation(options => options.SuppressContextNotFoundErrors = true);
        await using var provider = services.BuildServiceProvider();
        var clients = provider.GetRequiredService<global::Grpc.Net.ClientFactory.GrpcClientFactory>();

        var refusal = await Assert.ThrowsAsync<InvalidOperationException>(
            async () => await clients.CreateClient<EchoClient>("strict").Say("a", default));

        Assert.Contains("SuppressContextNotFoundErrors", refusal.Message, StringComparison.Ordinal);
        Assert.Equal("a", await clients.CreateClient<EchoClient>("lax").Say("a", default));
    }

    [Fact]
    public async Task Call_WhileAPlainRequestIsServed_IsRefused()
    {
        await using var echo = await EchoHost.StartAsync(_probe);
        await using var host = await WebHost.StartAsync(
            services => services.AddGrpcClient<EchoClient>(client => client.Address = echo.Grpc)
                .EnableCallContextPropagation(),
            application => application.MapGet("/", async context =>
            {
                var client = context.RequestServices.GetRequiredService<EchoClient>();
                context.Response.Headers["refusal"] =
                    (await Record.ExceptionAsync(async () => await client.Say("a", default)))?.GetType().Name;
            }));
        using var http = new HttpClient();

        using var response = await http.GetAsync(host.Web);

        Assert.Equal(nameof(InvalidOperationException), response.Headers.GetValues("refusal").Single());
    }

    [Fact]
    public void EnableCallContextPropagation_OfAnHttpClient_IsRefused() =>
        Assert.Throws<InvalidOperationException>(
            () => new ServiceCollection().AddHttpClient("web").EnableCallContextPropagation());

    private async Task RelayAsync(
        Func<EchoClient, ServerCallContext, Task> relay, CallOptions options = default,
        Action<IHttpClientBuilder>? configure = null, Task? until = null)
    {
        await using var inner = await EchoHost.StartAsync(_probe);
        await using var outer = await WebHost.StartAsync(
            services =>
            {
                var client = services.AddSingleton(relay)
                    .AddGrpcClient<EchoClient>(client => client.Address = inner.Grpc)
                    .EnableCallContextPropagation()
                    .AddInterceptor(() => new RecordingInterceptor("after", (_, options) => _seen = options));
                configure?.Invoke(client);
            },
            application => application.MapGrpcService<RelayService>());
        try
        {
            await new Health.HealthClient(outer.Invoker).CheckAsync(new(), options);
        }
        finally
        {
            // While both servers are up: their end, too, would end the calls.
            await (until ?? Task.CompletedTask).InTimeAsync();
        }
    }

    // A disposed source has no handle to give.
    private bool IsReleased() =>
        Record.Exception(() => _seen.CancellationToken.WaitHandle) is ObjectDisposedException;
}
