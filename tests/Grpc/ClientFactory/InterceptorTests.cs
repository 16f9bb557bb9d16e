using DaprSocial.Testing;
using Grpc.Core;
using Grpc.Net.ClientFactory;
using Microsoft.Extensions.DependencyInjection;

namespace DaprSocial.Grpc.Tests.ClientFactory;

public sealed class InterceptorTests : IAsyncLifetime
{
    private readonly EchoProbe _probe = new();
    private readonly List<string> _passed = [];
    private readonly ServiceCollection _services = [];
    private CallOptions _seen;
    private WebHost? _host;

    private Uri Address => _host!.Grpc;

    [Theory]
    [InlineData(MethodType.Unary)]
    [InlineData(MethodType.ClientStreaming)]
    [InlineData(MethodType.ServerStreaming)]
    [InlineData(MethodType.DuplexStreaming)]
    public async Task Call_PassesOptionsThenClientThenChannel(MethodType kind)
    {
        await using var provider = AddInEveryWay().BuildServiceProvider();

        var response = await provider.GetRequiredService<EchoClient>().CallAsync(kind, "a", default);

        Assert.StartsWith("a", response, StringComparison.Ordinal);
        Assert.Equal(
            [
                "options 1", "options 2", "ready",
                "client 1", "client 2", "client 3",
                "channel 1", "channel 2", "generic",
            ],
            _passed);
    }

    [Fact]
    public async Task BlockingCall_PassesTheSame()
    {
        await using var provider = AddInEveryWay().BuildServiceProvider();

        provider.GetRequiredService<EchoClient>().SayAndBlock("a", default);

        Assert.Equal(["options 1", "options 2", "ready", "client 1"], _passed.Take(4));
        Assert.Equal("generic", _passed[^1]);
    }

    [Fact]
    public async Task Interceptor_OfTheChannel_IsMadeOnceAndThatOfTheClientForEach()
    {
        var made = (Channel: 0, Client: 0);
        _services.AddGrpcClient<EchoClient>(client => client.Address = Address)
            .AddInterceptor(() => Recorder("channel", made.Channel++))
            .AddInterceptor(InterceptorScope.Client, () => Recorder("client", made.Client++));
        await using var provider = _services.BuildServiceProvider();

        await provider.GetRequiredService<EchoClient>().Say("a", default);
        await provider.GetRequiredService<EchoClient>().Say("a", default);

        Assert.Equal((1, 2), made);
        Assert.Equal(["client 0", "channel 0", "client 1", "channel 0"], _passed);
    }

    [Fact]
    public async Task Interceptor_OfTheClient_HasTheServicesOfItsScope()
    {
        List<EchoProbe> scoped = [];
        _services.AddScoped<EchoProbe>();
        _services.AddGrpcClient<EchoClient>(client => client.Address = Address).AddInterceptor(
            InterceptorScope.Client,
            services =>
            {
                scoped.Add(services.GetRequiredService<EchoProbe>());
                return Recorder("client", 0);
            });
        // Checks scopes: a scoped service of the root is an error.
        await using var provider = _services.BuildServiceProvider(validateScopes: true);
        await using var one = provider.CreateAsyncScope();
        await using var other = provider.CreateAsyncScope();

        one.ServiceProvider.GetRequiredService<EchoClient>();
        other.ServiceProvider.GetRequiredService<EchoClient>();

        Assert.Equal(
            new[] { one, other }.Select(scope => scope.ServiceProvider.GetRequiredService<EchoProbe>()), scoped);
        Assert.NotSame(scoped[0], scoped[1]);
    }

    [Fact]
    public async Task CreateClient_InterceptorFailsFirst_WorksTheNextTime()
    {
        var attempts = 0;
        _services.AddGrpcClient<EchoClient>(client => client.Address = Address).AddInterceptor(
            () => attempts++ == 0 ? throw new NotSupportedException() : Recorder("channel", attempts));
        await using var provider = _services.BuildServiceProvider();

        Assert.Throws<NotSupportedException>(() => provider.GetRequiredService<EchoClient>());

        Assert.Equal("a", await provider.GetRequiredService<EchoClient>().Say("a", default));
    }

    [Fact]
    public async Task DefaultDeadline_ByTheRegistration_HoldsWhereACallHasNone()
    {
        var clock = FakeTimeProvider.AtRealTime();
        _services.AddSingleton<TimeProvider>(clock);
        _services
            .AddGrpcClient<EchoClient>(client =>
            {
                client.Address = Address;
                client.CallOptionsActions.Add(call => call.CallOptions = WithDefaultDeadline(call));
            })
            .AddInterceptor(() => Recorder("channel", 0));
        await using var provider = _services.BuildServiceProvider();
        var client = provider.GetRequiredService<EchoClient>();

        await client.Say("a", default);
        Assert.Equal(clock.GetUtcNow().UtcDateTime.AddMinutes(10), _seen.Deadline);
        Assert.Equal(_seen.Deadline!.Value, _probe.Deadline, TimeSpan.FromMinutes(1));
        clock.Advance(TimeSpan.FromMinutes(5));
        await client.Say("a", default);
        Assert.Equal(clock.GetUtcNow().UtcDateTime.AddMinutes(10), _seen.Deadline);
        var own = clock.GetUtcNow().UtcDateTime.AddHours(1);
        await client.Say("a", new CallOptions(deadline: own));
        Assert.Equal(own, _seen.Deadline);
    }

    public async Task InitializeAsync() => _host = await EchoHost.StartAsync(_probe);

    public async Task DisposeAsync() => await _host!.DisposeAsync();

    private static CallOptions WithDefaultDeadline(CallOptionsContext call)
    {
        var clock = call.ServiceProvider.GetRequiredService<TimeProvider>();
        return call.CallOptions.Deadline is null
            ? call.CallOptions.WithDeadline(clock.GetUtcNow().UtcDateTime.AddMinutes(10))
            : call.CallOptions;
    }

    private ServiceCollection AddInEveryWay()
    {
        _services.AddTransient(_ => Recorder("generic"));
        _services.AddGrpcClient<EchoClient>(client =>
            {
                client.Address = Address;
                client.CallOptionsActions.Add(_ => _passed.Add("options 1"));
                client.CallOptionsActions.Add(_ => _passed.Add("options 2"));
#pragma warning disable CS0618 // It is official still.
                client.Interceptors.Add(Recorder("ready"));
#pragma warning restore CS0618
            })
            .AddInterceptor(() => Recorder("channel 1"))
            .AddInterceptor(InterceptorScope.Client, () => Recorder("client 1"))
            .AddInterceptor(_ => Recorder("channel 2"))
            .AddInterceptor(InterceptorScope.Client, _ => Recorder("client 2"))
            .AddInterceptor<RecordingInterceptor>();
        _services.Configure<GrpcClientFactoryOptions>(nameof(EchoClient), client =>
        {
            var registration = new InterceptorRegistration(InterceptorScope.Client, _ => Recorder("client 3"));
            Assert.Equal(InterceptorScope.Client, registration.Scope);
            client.InterceptorRegistrations.Add(registration);
        });
        return _services;
    }

    private RecordingInterceptor Recorder(string name, int number) => Recorder($"{name} {number}");

    private RecordingInterceptor Recorder(string name) => new(name, (passed, options) =>
    {
        _passed.Add(passed);
        _seen = options;
    });
}
