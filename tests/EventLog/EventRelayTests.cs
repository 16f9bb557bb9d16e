using DaprSocial.Dapr;
using DaprSocial.Events;
using DaprSocial.Testing;
using Failure = global::Dapr.Client.Autogen.Grpc.v1.BulkPublishResponseFailedEntry;

namespace DaprSocial.EventLog.Tests;

public sealed class EventRelayTests(DatabaseFixture fixture) : IClassFixture<DatabaseFixture>, IAsyncLifetime
{
    // The last byte of a stream decides its lane; there are 16.
    private static readonly Guid _ada = Guid.Parse("00000000-0001-7000-8000-000000000001");
    private static readonly Guid _bob = Guid.Parse("00000000-0002-7000-8000-000000000002");
    private static readonly Guid _inAdasLane = Guid.Parse("00000000-0003-7000-8000-000000000011");

    private readonly TestBroker _broker = new();
    private LogHost _host = null!;
    private LoopbackServer _server = null!;
    private DaprClient _dapr = null!;
    private EventRelay _relay = null!;

    public async Task InitializeAsync()
    {
        _host = await LogHost.StartAsync(fixture.Database);
        _server = await LoopbackServer.StartAsync(_broker);
        _dapr = _server.CreateDaprClient();
        _relay = _host.CreateRelay(_dapr);
    }

    public async Task DisposeAsync()
    {
        _relay.Dispose();
        _dapr.Dispose();
        await _server.DisposeAsync();
        await _host.DisposeAsync();
    }

    [Fact]
    public async Task Relay_AnEvent_PublishesTheRowWithItsMetadata()
    {
        await _host.Runner.RunAsync(
            LogHost.Call(_ada, "key") with { Traceparent = "00-a-b-01" },
            (command, token) => LogHost.CreateAsync(command, Topics.Users, _ada, token), CancellationToken.None);
        await _host.SequenceAsync();

        Assert.Equal(1, await RelayAsync());

        var request = Assert.Single(_broker.Requests);
        var entry = Assert.Single(request.Entries);
        var row = Assert.Single(await _host.ReadLogAsync());
        Assert.Equal(row, Assert.Single(_broker.Events));
        Assert.Equal(EventJson.Encode(row), entry.Event.ToStringUtf8());
        Assert.Equal(
            ("pubsub", Topics.Users, "application/json"), (request.PubsubName, request.Topic, entry.ContentType));
        Assert.Equal(
            new Dictionary<string, string>
            {
                ["partitionKey"] = _ada.ToString("D"),
                ["cloudevent.id"] = row.EventId,
                ["cloudevent.type"] = "daprsocial.users.v1.UserCreated",
                ["cloudevent.traceparent"] = "00-a-b-01",
            },
            entry.Metadata);
    }

    [Fact]
    public async Task Relay_WithoutTrace_SendsNoTrace()
    {
        await AppendAsync(_ada);

        await RelayAsync();

        Assert.DoesNotContain(
            "cloudevent.traceparent", Assert.Single(Assert.Single(_broker.Requests).Entries).Metadata.Keys);
    }

    [Fact]
    public async Task Relay_CalledAgain_PublishesOnlyWhatIsNew()
    {
        await AppendAsync(_ada, _bob);
        Assert.Equal(2, await RelayAsync());
        Assert.Equal(0, await RelayAsync());

        await AppendAsync(_ada);

        Assert.Equal(1, await RelayAsync());
        Assert.Equal([1, 2, 3], PositionsTaken().Order());
        Assert.Equal(3, await PublishedAsync());
    }

    [Fact]
    public async Task Relay_MoreThanABatch_PublishesAllInStreamOrder()
    {
        await _host.FillAsync(_ada, 600);
        await _host.FillAsync(_bob, 100);
        await _host.SequenceAsync();

        Assert.Equal(700, await RelayAsync());

        Assert.Equal(700, await PublishedAsync());
        Assert.Equal(700, _broker.Events.Count);
        Assert.All(_broker.Requests, request =>
        {
            Assert.InRange(request.Entries.Count, 1, 64);
            Assert.Equal(request.Entries.Count, request.Entries.Select(entry => entry.EntryId).Distinct().Count());
        });
        Assert.All(_broker.Events.GroupBy(row => row.Stream), stream => Assert.Equal(
            Enumerable.Range(1, stream.Count()).Select(version => (long)version), stream.Select(row => row.Version)));
    }

    [Fact]
    public async Task Relay_StreamsOfOneLane_HaveOnePublishInFlight()
    {
        var (inFlight, most) = (0, 0);
        _broker.OnCallAsync = _ =>
        {
            most = Math.Max(most, Interlocked.Increment(ref inFlight));
            return Task.CompletedTask;
        };
        _broker.Answer = () =>
        {
            Interlocked.Decrement(ref inFlight);
            return new();
        };
        await _host.FillAsync(_ada, 150);
        await _host.FillAsync(_inAdasLane, 150);
        await _host.CreateAsync(_ada, Topics.Posts);
        await _host.SequenceAsync();

        await RelayAsync();

        Assert.Equal((301, 1), (_broker.Events.Count, most));
        Assert.Equal(6, _broker.Requests.Count);
    }

    [Fact]
    public async Task Relay_StreamsOfTwoLanes_DoNotWaitForEachOther()
    {
        var isBobThere = new TaskCompletionSource();
        _broker.OnPublishAsync = (row, _) =>
        {
            if (row.Stream == _bob.ToString("D"))
                isBobThere.TrySetResult();
            return row.Stream == _ada.ToString("D") ? isBobThere.Task : Task.CompletedTask;
        };
        await AppendAsync(_ada, _bob);

        Assert.Equal(2, await RelayAsync().InTimeAsync());
    }

    [Fact]
    public async Task Relay_BrokerAway_TriesWithGrowingDelaysUntilItIsTaken()
    {
        int[] delaysMs = [100, 200, 400, 800, 1600, 3200, 5000, 5000];
        var refusals = 0;
        _broker.OnPublishAsync = (row, _) => row.Stream == _ada.ToString("D") && refusals++ < delaysMs.Length
            ? throw TestBroker.Refusal()
            : Task.CompletedTask;
        await AppendAsync(_ada, _ada, _bob);

        var relaying = RelayAsync();
        foreach (var delayMs in delaysMs)
        {
            await _host.Clock.WhenScheduledAsync(TimeSpan.FromMilliseconds(delayMs)).InTimeAsync();
            Assert.Equal(0, await PublishedAsync());
            _host.Clock.Advance(TimeSpan.FromMilliseconds(delayMs));
        }

        Assert.Equal(3, await relaying.InTimeAsync());
        Assert.Equal([1, 2], _broker.Events.Where(row => row.Stream == _ada.ToString("D")).Select(row => row.Version));
        Assert.Equal(3, await PublishedAsync());
    }

    [Fact]
    public async Task Relay_BrokerTookOnlySome_PublishesTheCallAgain()
    {
        var calls = 0;
        _broker.Answer = () => ++calls == 1
            ? new() { FailedEntries = { new Failure { EntryId = "1", Error = "full" } } }
            : new();
        await AppendAsync(_ada, _ada);

        var relaying = RelayAsync();
        await _host.Clock.WhenScheduledAsync(TimeSpan.FromMilliseconds(100)).InTimeAsync();
        Assert.Equal(0, await PublishedAsync());
        _host.Clock.Advance(TimeSpan.FromMilliseconds(100));

        Assert.Equal(2, await relaying.InTimeAsync());
        Assert.Equal([1, 2, 1, 2], PositionsTaken());
        Assert.Equal(2, await PublishedAsync());
    }

    [Fact]
    public async Task Relay_PausedBetweenReadAndAdvance_MovesNothingBackAndLosesNothing()
    {
        var isPaused = new TaskCompletionSource();
        var mayGoOn = new TaskCompletionSource();
        _broker.OnPublishAsync = (_, _) => isPaused.TrySetResult() ? mayGoOn.Task : Task.CompletedTask;
        await AppendAsync(_ada, _ada, _ada);
        var stale = RelayAsync();
        await isPaused.Task.InTimeAsync();

        using var other = _host.CreateRelay(_dapr);
        Assert.Equal(3, await other.RelayAsync(CancellationToken.None).InTimeAsync());
        await AppendAsync(_ada, _ada);
        Assert.Equal(2, await other.RelayAsync(CancellationToken.None).InTimeAsync());
        Assert.Equal(5, await PublishedAsync());
        mayGoOn.SetResult();

        // Its own three only: had it moved the position back, it would have published the others again.
        Assert.Equal(3, await stale.InTimeAsync());
        Assert.Equal(5, await PublishedAsync());
        Assert.Equal(8, _broker.Events.Count);
        Assert.Equal([1, 2, 3, 4, 5], PositionsTaken().Distinct().Order());
    }

    [Fact]
    public async Task Relay_EndsBeforeItAdvances_RepeatsAfterwards()
    {
        using var cancellation = new CancellationTokenSource();
        _broker.OnPublishAsync = async (row, context) =>
        {
            if (row.Version != 2)
                return;
            await cancellation.CancelAsync();
            await Task.Delay(Timeout.Infinite, context.CancellationToken);
        };
        await AppendAsync(_ada, _ada, _ada);

        await Assert.ThrowsAnyAsync<Exception>(() => _relay.RelayAsync(cancellation.Token).InTimeAsync());
        Assert.Equal(0, await PublishedAsync());
        _broker.OnPublishAsync = (_, _) => Task.CompletedTask;

        Assert.Equal(3, await RelayAsync());
        Assert.Equal([1, 1, 2, 3], PositionsTaken());
    }

    [Fact]
    public async Task Loop_EventsGetPositions_PublishesThemAtOnce()
    {
        var isTaken = new TaskCompletionSource();
        _broker.OnPublishAsync = (_, _) =>
        {
            isTaken.TrySetResult();
            return Task.CompletedTask;
        };
        await _relay.StartAsync(CancellationToken.None);
        await _host.Clock.WhenScheduledAsync(TimeSpan.FromMilliseconds(100)).InTimeAsync();

        await AppendAsync(_ada);
        await isTaken.Task.InTimeAsync();

        await _relay.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task Loop_StoppedDuringAPublish_EndsWithoutFault()
    {
        var isPublishing = new TaskCompletionSource();
        _broker.OnPublishAsync = (_, context) =>
        {
            isPublishing.TrySetResult();
            return Task.Delay(Timeout.Infinite, context.CancellationToken);
        };
        await AppendAsync(_ada);
        await _relay.StartAsync(CancellationToken.None);
        await isPublishing.Task.InTimeAsync();

        await _relay.StopAsync(CancellationToken.None).InTimeAsync();

        // A fault would be logged as an error at every shutdown under load.
        Assert.False(_relay.ExecuteTask!.IsFaulted, $"{_relay.ExecuteTask.Exception}");
    }

    private Task<int> RelayAsync() => _relay.RelayAsync(CancellationToken.None);

    private async Task AppendAsync(params Guid[] actors)
    {
        foreach (var actor in actors)
            await _host.CreateAsync(actor);
        await _host.SequenceAsync();
    }

    private IEnumerable<long> PositionsTaken() => _broker.Events.Select(row => row.Position);

    private async Task<long> PublishedAsync() => (await _host.Store.ReadStateAsync(CancellationToken.None)).PublishedPosition;
}
