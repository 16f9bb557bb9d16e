using Microsoft.Extensions.DependencyInjection;

namespace DaprSocial.Grpc.Tests.ClientFactory;

public sealed class ClientHandlerTests : IAsyncLifetime
{
    private readonly EchoProbe _probe = new();
    private readonly ServiceCollection _services = [];
    private WebHost? _host;

    [Fact]
    public async Task PrimaryHandler_NotConfigured_OpensConnectionsAsNeededAndRenewsThem()
    {
        SocketsHttpHandler? primary = null;
        AddClient()
            .ConfigurePrimaryHttpMessageHandler((handler, _) => primary = Assert.IsType<SocketsHttpHandler>(handler))
            .SetHandlerLifetime(TimeSpan.FromMinutes(5));

        await SayAsync();

        Assert.True(primary!.EnableMultipleHttp2Connections);
        Assert.Equal(TimeSpan.FromMinutes(5), primary.PooledConnectionLifetime);
    }

    [Fact]
    public async Task PrimaryHandler_ConfiguredForTheClient_IsTaken()
    {
        AddClient().ConfigurePrimaryHttpMessageHandler(
            () => new HeaderHandler("from", "own") { InnerHandler = new SocketsHttpHandler() });

        await SayAsync();

        Assert.Equal("own", _probe.Headers.GetValue("from"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task PrimaryHandler_ConfiguredForAllClients_IsTaken(bool isFirst)
    {
        if (!isFirst)
            AddClient();
        _services.ConfigureHttpClientDefaults(all => all.ConfigurePrimaryHttpMessageHandler(
            () => new HeaderHandler("from", "all") { InnerHandler = new SocketsHttpHandler() }));
        if (isFirst)
            AddClient();

        await SayAsync();

        Assert.Equal("all", _probe.Headers.GetValue("from"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Interceptor_ConfiguredForAllClients_IsTaken(bool isFirst)
    {
        var calls = 0;
        if (!isFirst)
            AddClient();
        _services.ConfigureHttpClientDefaults(all => all.AddInterceptor(
            () => new RecordingInterceptor("all", (_, _) => calls++)));
        if (isFirst)
            AddClient();

        await SayAsync();

        Assert.Equal(1, calls);
    }

    [Fact]
    public async Task MessageHandlers_SeveralOfThem_SeeEveryCall()
    {
        AddClient()
            .AddHttpMessageHandler(() => new HeaderHandler("one", "1"))
            .AddHttpMessageHandler(() => new HeaderHandler("two", "2"));

        await SayAsync();

        Assert.Equal(("1", "2"), (_probe.Headers.GetValue("one"), _probe.Headers.GetValue("two")));
    }

    [Fact]
    public async Task ConfigureHttpClient_WhichWouldDoNothing_IsRefused()
    {
        AddClient().ConfigureHttpClient(http => http.Timeout = TimeSpan.FromSeconds(1));

        var refusal = await Assert.ThrowsAsync<InvalidOperationException>(SayAsync);

        Assert.Contains(nameof(EchoClient), refusal.Message, StringComparison.Ordinal);
        Assert.Contains("ConfigureHttpClient", refusal.Message, StringComparison.Ordinal);
    }

    public async Task InitializeAsync() => _host = await EchoHost.StartAsync(_probe);

    public async Task DisposeAsync() => await _host!.DisposeAsync();

    private IHttpClientBuilder AddClient() =>
        _services.AddGrpcClient<EchoClient>(client => client.Address = _host!.Grpc);

    private async Task SayAsync()
    {
        await using var provider = _services.BuildServiceProvider();
        Assert.Equal("a", await provider.GetRequiredService<EchoClient>().Say("a", default));
    }
}
