using Grpc.Core;
using Xunit;

namespace DaprSocial.Polyfills.Tests;

public sealed class ClientBaseTests
{
    private readonly CallInvokerStub _invoker = new([]);

    [Fact]
    public void Client_OfAChannel_CallsThroughItsInvoker()
    {
        var client = new EchoClient(new ChannelStub(_invoker));

        client.Say("request", host: null);

        Assert.Same(EchoMethods.Say, _invoker.Method);
        Assert.Null(_invoker.Host);
    }

    [Fact]
    public async Task WithHost_CallWithoutAHost_NamesIt()
    {
        var client = new EchoClient(_invoker).WithHost("other");

        client.Say("request", host: null);
        Assert.Equal("other", _invoker.Host);

        await client.Invoker.AsyncUnaryCall(EchoMethods.Say, null, default, "request");
        using var server = client.Invoker.AsyncServerStreamingCall(EchoMethods.Count, null, default, "1");
        using var clientStreaming = client.Invoker.AsyncClientStreamingCall(EchoMethods.Join, null, default);
        using var duplex = client.Invoker.AsyncDuplexStreamingCall(EchoMethods.Chat, null, default);
        Assert.Equal("other", _invoker.Host);
    }

    [Fact]
    public void WithHost_CallWithAHost_LeavesIt()
    {
        var client = new EchoClient(_invoker).WithHost("other");

        client.Say("request", host: "own");

        Assert.Equal("own", _invoker.Host);
    }

    [Fact]
    public void WithHost_Again_ReplacesTheFirst()
    {
        new EchoClient(_invoker).WithHost("first").WithHost("second").Say("request", host: null);

        Assert.Equal("second", _invoker.Host);
    }

    [Fact]
    public void WithHost_OriginalClient_IsUnchanged()
    {
        var client = new EchoClient(_invoker);

        client.WithHost("other");
        client.Say("request", host: null);

        Assert.Null(_invoker.Host);
        Assert.Throws<ArgumentNullException>(() => client.WithHost(null!));
    }

    [Fact]
    public void Client_WithoutAChannel_RefusesEveryCall()
    {
        var invoker = new EchoClient().Invoker;

        Assert.Throws<NotImplementedException>(() => invoker.BlockingUnaryCall(EchoMethods.Say, null, default, ""));
        Assert.Throws<NotImplementedException>(() => { invoker.AsyncUnaryCall(EchoMethods.Say, null, default, ""); });
        Assert.Throws<NotImplementedException>(
            () => invoker.AsyncServerStreamingCall(EchoMethods.Say, null, default, ""));
        Assert.Throws<NotImplementedException>(
            () => { invoker.AsyncClientStreamingCall(EchoMethods.Say, null, default); });
        Assert.Throws<NotImplementedException>(() => invoker.AsyncDuplexStreamingCall(EchoMethods.Say, null, default));
    }

    [Fact]
    public void Client_NullArguments_Throws()
    {
        Assert.Throws<ArgumentNullException>(() => new EchoClient((ChannelBase)null!));
        Assert.Throws<ArgumentNullException>(() => new EchoClient((CallInvoker)null!));
    }

    [Fact]
    public async Task Channel_ShutDown_RunsItsOwnCode()
    {
        var channel = new ChannelStub(_invoker);

        await channel.ShutdownAsync();

        Assert.Equal(1, channel.Shutdowns);
        Assert.Equal("target", channel.Target);
    }

    /// <summary>Has the constructors of a generated client.</summary>
    private sealed class EchoClient : ClientBase<EchoClient>
    {
        public EchoClient()
        {
        }

        public EchoClient(ChannelBase channel)
            : base(channel)
        {
        }

        public EchoClient(CallInvoker invoker)
            : base(invoker)
        {
        }

        private EchoClient(ClientBaseConfiguration configuration)
            : base(configuration)
        {
        }

        public CallInvoker Invoker => CallInvoker;

        public string Say(string request, string? host) =>
            CallInvoker.BlockingUnaryCall(EchoMethods.Say, host, default, request);

        protected override EchoClient NewInstance(ClientBaseConfiguration configuration) => new(configuration);
    }
}
