using DaprSocial.Dapr;
using DaprSocial.Events.V1;
using DaprSocial.Testing;
using Grpc.Core;
using Microsoft.Extensions.Options;

namespace DaprSocial.Platform.Tests.Dapr;

public sealed class DaprClientTests : IAsyncLifetime
{
    private readonly SourceLog _service = new(new FakeTimeProvider());
    private Metadata _headers = [];
    private LoopbackServer _server = null!;

    public async Task InitializeAsync()
    {
        _service.OnCallAsync = context =>
        {
            _headers = context.RequestHeaders;
            return Task.CompletedTask;
        };
        _server = await LoopbackServer.StartAsync(_service);
    }

    public Task DisposeAsync() => _server.DisposeAsync().AsTask();

    [Fact]
    public async Task Invocation_OfAnApp_NamesItInTheMetadata()
    {
        using var dapr = Client("");

        await LogOf(dapr, "users").ListStreamHeadsAsync(new ListStreamHeadsRequest());

        Assert.Equal(["users"], ValuesOf("dapr-app-id"));
        Assert.Empty(ValuesOf(DaprOptions.TokenHeader));
    }

    [Fact]
    public async Task Invocation_WithAnApiToken_CarriesIt()
    {
        using var dapr = Client("secret");

        await LogOf(dapr, "users").ListStreamHeadsAsync(new ListStreamHeadsRequest());

        Assert.Equal(["users"], ValuesOf("dapr-app-id"));
        Assert.Equal(["secret"], ValuesOf(DaprOptions.TokenHeader));
    }

    [Fact]
    public async Task Invocation_WithTheCallersHeaders_AddsToACopy()
    {
        using var dapr = Client("secret");
        var options = new CallOptions(new Metadata { { "mine", "1" } });

        await LogOf(dapr, "users").ListStreamHeadsAsync(new ListStreamHeadsRequest(), options);
        await LogOf(dapr, "posts").ListStreamHeadsAsync(new ListStreamHeadsRequest(), options);

        Assert.Equal("mine", Assert.Single(options.Headers!).Key);
        Assert.Equal(["posts"], ValuesOf("dapr-app-id"));
        Assert.Equal(["1"], ValuesOf("mine"));
    }

    [Fact]
    public async Task Invocation_OfAProcessWithAnotherClock_HasItsDeadlineMoved()
    {
        var shift = TimeSpan.FromHours(1);
        using var dapr = new DaprClient(
            Options.Create(new DaprOptions { GrpcPort = _server.Port, DeadlineShift = shift }));
        var byItsClock = TimeProvider.System.GetUtcNow().UtcDateTime - (shift / 2);

        var answer = await LogOf(dapr, "users").ListStreamHeadsAsync(
            new ListStreamHeadsRequest(), new CallOptions(deadline: byItsClock));

        Assert.NotNull(answer);
    }

    private DaprClient Client(string token) =>
        new(Options.Create(new DaprOptions { GrpcPort = _server.Port, ApiToken = token }));

    private static EventLogService.EventLogServiceClient LogOf(DaprClient dapr, string appId) =>
        new(dapr.CreateInvocationInvoker(appId));

    private string[] ValuesOf(string key) => [.. _headers.GetAll(key).Select(entry => entry.Value)];
}
