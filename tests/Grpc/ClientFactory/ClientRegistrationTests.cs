using Grpc.Core;
using Grpc.Net.ClientFactory;
using Microsoft.Extensions.DependencyInjection;

namespace DaprSocial.Grpc.Tests.ClientFactory;

public sealed class ClientRegistrationTests : IAsyncLifetime
{
    private readonly EchoProbe _probe = new();
    private readonly ServiceCollection _services = [];
    private WebHost? _host;

    private Uri Address => _host!.Grpc;

    [Theory]
    [InlineData(0, nameof(EchoClient))]
    [InlineData(1, nameof(EchoClient))]
    [InlineData(2, nameof(EchoClient))]
    [InlineData(3, "named")]
    [InlineData(4, "named")]
    [InlineData(5, "named")]
    public async Task AddGrpcClient_EveryOverload_GivesAClientThatCalls(int overload, string name)
    {
        _services.AddSingleton(Address);
        var builder = overload switch
        {
            0 => _services.AddGrpcClient<EchoClient>(),
            1 => _services.AddGrpcClient<EchoClient>(client => client.Address = Address),
            2 => _services.AddGrpcClient<EchoClient>(
                (services, client) => client.Address = services.GetRequiredService<Uri>()),
            3 => _services.AddGrpcClient<EchoClient>("named"),
            4 => _services.AddGrpcClient<EchoClient>("named", client => client.Address = Address),
            _ => _services.AddGrpcClient<EchoClient>(
                "named", (services, client) => client.Address = services.GetRequiredService<Uri>()),
        };
        if (overload is 0 or 3)
            _services.Configure<GrpcClientFactoryOptions>(name, client => client.Address = Address);
        await using var provider = _services.BuildServiceProvider();

        Assert.Equal(name, builder.Name);
        Assert.Equal("a", await provider.GetRequiredService<EchoClient>().Say("a", default));
        var factory = provider.GetRequiredService<GrpcClientFactory>();
        Assert.Equal("b", await factory.CreateClient<EchoClient>(name).Say("b", default));
    }

    [Fact]
    public async Task CreateClient_TwoNames_EachHasItsOwnConfiguration()
    {
        await using var other = await EchoHost.StartAsync(_probe);
        _services.AddGrpcClient<EchoClient>("one", client => client.Address = Address)
            .ConfigureChannel(channel => channel.MaxSendMessageSize = 10)
            .AddHttpMessageHandler(() => new HeaderHandler("from", "one"));
        _services.AddGrpcClient<EchoClient>("two", client => client.Address = other.Grpc);
        await using var provider = _services.BuildServiceProvider();
        var factory = provider.GetRequiredService<GrpcClientFactory>();
        var (one, two) = (factory.CreateClient<EchoClient>("one"), factory.CreateClient<EchoClient>("two"));
        var large = new string('a', 100);

        await one.Say("a", default);
        Assert.Equal(("one", Address.Authority), (_probe.Headers.GetValue("from"), _probe.Host));
        await two.Say(large, default);
        Assert.Equal((null, other.Grpc.Authority), (_probe.Headers.GetValue("from"), _probe.Host));
        var refusal = await Assert.ThrowsAsync<RpcException>(async () => await one.Say(large, default));
        Assert.Equal(StatusCode.ResourceExhausted, refusal.StatusCode);
    }

    [Fact]
    public async Task CreateClient_ManyAtOnce_ShareOneChannel()
    {
        var channels = 0;
        _services.AddSingleton(Address);
        _services.AddGrpcClient<EchoClient>(client => client.Address = Address)
            .ConfigureChannel(_ => Interlocked.Increment(ref channels))
            .ConfigureChannel((services, channel) => channel.MaxReceiveMessageSize =
                services.GetRequiredService<Uri>().Port);
        await using var provider = _services.BuildServiceProvider();
        using var barrier = new Barrier(4);

        var peers = await Task.WhenAll(Enumerable.Range(0, 4).Select(number => Task.Factory.StartNew(
            async () =>
            {
                barrier.SignalAndWait();
                var client = provider.GetRequiredService<EchoClient>();
                await client.Say("a", default);
                return client;
            },
            CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default).Unwrap()));

        Assert.Equal(1, channels);
        Assert.Equal(4, peers.Distinct().Count());
    }

    [Fact]
    public async Task AddGrpcClient_TheSameTwice_IsOneClientWithBothConfigurations()
    {
        _services.AddGrpcClient<EchoClient>(client => client.Address = new Uri("http://127.0.0.1:1"));
        _services.AddGrpcClient<EchoClient>(client => client.Address = Address);
        await using var provider = _services.BuildServiceProvider();

        var client = Assert.Single(provider.GetServices<EchoClient>());

        Assert.Equal("a", await client.Say("a", default));
    }

    [Fact]
    public void AddGrpcClient_NameOfAnotherType_IsRefused()
    {
        _services.AddGrpcClient<EchoClient>("echo");

        var refusal = Assert.Throws<InvalidOperationException>(() => _services.AddGrpcClient<OtherClient>("echo"));

        Assert.Contains("'echo'", refusal.Message, StringComparison.Ordinal);
        Assert.Contains(nameof(EchoClient), refusal.Message, StringComparison.Ordinal);
        Assert.Contains(nameof(OtherClient), refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CreateClient_NotRegistered_SaysSo()
    {
        _services.AddGrpcClient<EchoClient>("echo", client => client.Address = Address);
        await using var provider = _services.BuildServiceProvider();
        var factory = provider.GetRequiredService<GrpcClientFactory>();

        var unknown = Assert.Throws<InvalidOperationException>(() => factory.CreateClient<EchoClient>("no"));
        var other = Assert.Throws<InvalidOperationException>(() => factory.CreateClient<OtherClient>("echo"));

        Assert.Contains("No gRPC client 'no'", unknown.Message, StringComparison.Ordinal);
        Assert.Contains($"not {typeof(OtherClient)}", other.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentNullException>(() => factory.CreateClient<EchoClient>(null!));
    }

    [Fact]
    public async Task CreateClient_NoAddress_SaysHow()
    {
        _services.AddGrpcClient<EchoClient>("echo");
        await using var provider = _services.BuildServiceProvider();

        var refusal = Assert.Throws<InvalidOperationException>(() => provider.GetRequiredService<EchoClient>());

        Assert.Contains("'echo' has no address", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("AddGrpcClient<EchoClient>", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task CreateClient_NoConstructor_NeedsACreator(bool hasServices)
    {
        var builder = _services.AddGrpcClient<OtherClient>(client => client.Address = Address);
        await using (var provider = _services.BuildServiceProvider())
        {
            var refusal = Assert.Throws<InvalidOperationException>(() => provider.GetRequiredService<OtherClient>());
            Assert.Contains("takes a CallInvoker", refusal.Message, StringComparison.Ordinal);
        }

        _services.AddSingleton(Address);
        if (hasServices)
        {
            builder.ConfigureGrpcClientCreator((services, invoker) =>
                new OtherClient(services.GetRequiredService<Uri>().Authority, new EchoClient(invoker)));
        }
        else
        {
            builder.ConfigureGrpcClientCreator(
                invoker => new OtherClient(Address.Authority, new EchoClient(invoker)));
        }

        await using var services = _services.BuildServiceProvider();
        var client = services.GetRequiredService<OtherClient>();
        Assert.Equal(Address.Authority, client.Tag);
        Assert.Equal("a", await client.Say("a"));
    }

    [Theory]
    [InlineData(false, "null")]
    [InlineData(true, "System.String")]
    public async Task CreateClient_CreatorGivesSomethingElse_SaysWhat(bool isString, string given)
    {
        _services.AddGrpcClient<EchoClient>(client => client.Address = Address)
            .ConfigureGrpcClientCreator(_ => isString ? "client" : null!);
        await using var provider = _services.BuildServiceProvider();

        var refusal = Assert.Throws<InvalidOperationException>(() => provider.GetRequiredService<EchoClient>());

        Assert.Contains($"gave {given}", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Configure_OfAnHttpClient_IsRefused()
    {
        _services.AddGrpcClient<EchoClient>();
        var web = _services.AddHttpClient("web");

        var refusal = Assert.Throws<InvalidOperationException>(() => web.ConfigureChannel(_ => { }));

        Assert.Contains("ConfigureChannel is for gRPC clients; 'web'", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Dispose_OfTheServices_EndsOpenCalls()
    {
        _services.AddGrpcClient<EchoClient>(client => client.Address = Address);
        var provider = _services.BuildServiceProvider();
        var factory = provider.GetRequiredService<GrpcClientFactory>();
        using var call = provider.GetRequiredService<EchoClient>().Say(EchoService.Hang, default);
        await Testing.Patience.InTimeAsync(_probe.Entered);

        await provider.DisposeAsync();

        await Testing.Patience.InTimeAsync(_probe.GivenUp);
        var end = await Assert.ThrowsAsync<RpcException>(async () => await call);
        Assert.Equal(StatusCode.Cancelled, end.StatusCode);
        await Assert.ThrowsAsync<ObjectDisposedException>(
            async () => await factory.CreateClient<EchoClient>(nameof(EchoClient)).Say("a", default));
    }

    public async Task InitializeAsync() => _host = await EchoHost.StartAsync(_probe);

    public async Task DisposeAsync() => await _host!.DisposeAsync();
}
