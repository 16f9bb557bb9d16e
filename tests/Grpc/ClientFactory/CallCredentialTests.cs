using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;

namespace DaprSocial.Grpc.Tests.ClientFactory;

public sealed class CallCredentialTests : IAsyncLifetime
{
    private readonly EchoProbe _probe = new();
    private readonly ServiceCollection _services = [];
    private WebHost? _host;

    [Fact]
    public async Task Call_EveryKindOfCredentials_AllAreSent()
    {
        _services.AddScoped<EchoProbe>();
        EchoProbe? scoped = null;
        _services.AddGrpcClient<EchoClient>(client => client.Address = _host!.Grpc)
            .AddCallCredentials((context, metadata) =>
            {
                metadata.Add("one", context.MethodName);
                return Task.CompletedTask;
            })
            .AddCallCredentials((_, metadata, services) =>
            {
                scoped = services.GetRequiredService<EchoProbe>();
                metadata.Add("two", "2");
                return Task.CompletedTask;
            })
            .AddCallCredentials(Adding("three"))
            .ConfigureChannel(channel => channel.UnsafeUseInsecureChannelCallCredentials = true);
        await using var provider = _services.BuildServiceProvider(validateScopes: true);
        await using var scope = provider.CreateAsyncScope();

        await scope.ServiceProvider.GetRequiredService<EchoClient>()
            .Say("a", new CallOptions(credentials: Adding("own")));

        Assert.Equal(
            ["own", "one", "two", "three"],
            _probe.Headers.Select(header => header.Key).Where(key => key is "own" or "one" or "two" or "three"));
        Assert.Equal(nameof(EchoClient.Say), _probe.Headers.GetValue("one"));
        Assert.Same(scope.ServiceProvider.GetRequiredService<EchoProbe>(), scoped);
    }

    [Theory]
    [InlineData("http://127.0.0.1:1", false, true)]
    [InlineData("https://127.0.0.1:1", false, false)]
    [InlineData("static:///127.0.0.1:1", false, true)]
    [InlineData("static:///127.0.0.1:1", true, false)]
    public async Task CreateClient_WithCredentials_NeedsTls(string address, bool hasTls, bool isRefused)
    {
        _services.AddSingleton<global::Grpc.Net.Client.Balancer.ResolverFactory>(
            new global::Grpc.Net.Client.Balancer.StaticResolverFactory(_ => []));
        _services.AddGrpcClient<EchoClient>(client => client.Address = new Uri(address))
            .AddCallCredentials(Adding("one"))
            .ConfigureChannel(channel => channel.Credentials = !address.StartsWith("static", StringComparison.Ordinal)
                ? null
                : hasTls ? ChannelCredentials.SecureSsl : ChannelCredentials.Insecure);
        await using var provider = _services.BuildServiceProvider();

        var refusal = Record.Exception(() => provider.GetRequiredService<EchoClient>());

        if (isRefused)
        {
            var message = Assert.IsType<InvalidOperationException>(refusal).Message;
            Assert.Contains(nameof(EchoClient), message, StringComparison.Ordinal);
            Assert.Contains("UnsafeUseInsecureChannelCallCredentials", message, StringComparison.Ordinal);
        }
        else
        {
            Assert.Null(refusal);
        }
    }

    [Fact]
    public async Task Call_OwnCredentialsWithoutTls_AreWithheld()
    {
        _services.AddGrpcClient<EchoClient>(client => client.Address = _host!.Grpc);
        await using var provider = _services.BuildServiceProvider();

        await provider.GetRequiredService<EchoClient>().Say("a", new CallOptions(credentials: Adding("own")));

        Assert.Null(_probe.Headers.Get("own"));
    }

    [Fact]
    public void AddCallCredentials_OfAnHttpClient_IsRefused()
    {
        var refusal = Assert.Throws<InvalidOperationException>(
            () => _services.AddHttpClient("web").AddCallCredentials(Adding("one")));

        Assert.Contains("AddCallCredentials", refusal.Message, StringComparison.Ordinal);
    }

    public async Task InitializeAsync() => _host = await EchoHost.StartAsync(_probe);

    public async Task DisposeAsync() => await _host!.DisposeAsync();

    private static CallCredentials Adding(string key) => CallCredentials.FromInterceptor((_, metadata) =>
    {
        metadata.Add(key, "value");
        return Task.CompletedTask;
    });
}
