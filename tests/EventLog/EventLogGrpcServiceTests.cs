using DaprSocial.Dapr;
using DaprSocial.Errors;
using DaprSocial.Errors.V1;
using DaprSocial.Events;
using DaprSocial.Events.V1;
using DaprSocial.Identifiers;
using DaprSocial.Testing;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace DaprSocial.EventLog.Tests;

public sealed class EventLogGrpcServiceTests(DatabaseFixture fixture) : IClassFixture<DatabaseFixture>, IAsyncLifetime
{
    private static readonly Guid _ada = Uuid.Create(1);
    private static readonly Guid _bob = Uuid.Create(2);

    private LogHost _host = null!;
    private EventLogGrpcService _service = null!;
    private LoopbackServer _server = null!;
    private DaprClient _dapr = null!;
    private EventLogService.EventLogServiceClient _client = null!;

    public async Task InitializeAsync()
    {
        _host = await LogHost.StartAsync(fixture.Database);
        _service = new EventLogGrpcService(_host.Store, _host.Clock);
        _server = await LoopbackServer.StartAsync(_service);
        _dapr = _server.CreateDaprClient();
        _client = new EventLogService.EventLogServiceClient(_dapr.CreateInvocationInvoker("users"));
    }

    public async Task DisposeAsync()
    {
        _dapr.Dispose();
        await _server.DisposeAsync();
        await _host.DisposeAsync();
    }

    [Fact]
    public async Task Replay_OfAll_StreamsTheLogInOrder()
    {
        await AppendAsync((_ada, Topics.Users), (_bob, Topics.Users), (_ada, Topics.Posts), (_ada, Topics.Users));

        Assert.Equal(await _host.ReadLogAsync(), await ReplayAsync(new ReplayEventsRequest()));
        Assert.Equal([3, 4], PositionsOf(await ReplayAsync(new ReplayEventsRequest { AfterPosition = 2 })));
        Assert.Empty(await ReplayAsync(new ReplayEventsRequest { AfterPosition = 4 }));
    }

    [Fact]
    public async Task Replay_OfATopicOrStream_LeavesTheOthersOut()
    {
        await AppendAsync((_ada, Topics.Users), (_bob, Topics.Users), (_ada, Topics.Posts), (_ada, Topics.Users));

        Assert.Equal([1, 2, 4], PositionsOf(await ReplayAsync(new ReplayEventsRequest { Topic = Topics.Users })));
        Assert.Equal([2, 4], PositionsOf(await ReplayAsync(
            new ReplayEventsRequest { Topic = Topics.Users, AfterPosition = 1 })));
        Assert.Equal([1, 4], PositionsOf(await ReplayAsync(OfAda())));
        Assert.Equal([4], PositionsOf(await ReplayAsync(OfAda(afterVersion: 1))));
        Assert.Empty(await ReplayAsync(OfAda(afterVersion: 2)));
    }

    [Theory]
    [InlineData(0, 600)]
    [InlineData(1, 1)]
    [InlineData(255, 255)]
    [InlineData(256, 256)]
    [InlineData(257, 257)]
    [InlineData(512, 512)]
    [InlineData(600, 600)]
    [InlineData(601, 600)]
    public async Task Replay_WithALimit_EndsThereInChunks(int limit, int expected)
    {
        await _host.FillAsync(_ada, 600);
        await _host.SequenceAsync();

        var all = await ReadChunksAsync(new ReplayEventsRequest { Limit = limit });
        var ofStream = await ReadChunksAsync(OfAda(limit: limit));
        var ofTopic = await ReadChunksAsync(new ReplayEventsRequest { Topic = Topics.Users, Limit = limit });

        Assert.All([all, ofStream, ofTopic], chunks =>
        {
            Assert.All(chunks, chunk => Assert.InRange(chunk.Events.Count, 1, 256));
            Assert.Equal(
                Enumerable.Range(1, expected).Select(position => (long)position),
                PositionsOf(chunks.SelectMany(chunk => chunk.Events)));
        });
    }

    [Theory]
    [InlineData(0)]
    [InlineData(10_001)]
    [InlineData(int.MaxValue)]
    public async Task Replay_OfALongStream_IsClamped(int limit)
    {
        await _host.FillAsync(_ada, 10_100);
        await _host.SequenceAsync();

        Assert.Equal(10_000, (await ReplayAsync(OfAda(limit: limit))).Count);
    }

    [Fact]
    public async Task Replay_EventsDuringTheCall_EndsAtTheHeadOfItsBeginning()
    {
        await _host.FillAsync(_ada, 300);
        await _host.SequenceAsync();
        var chunks = new List<ReplayEventsResponse>();
        var writer = new CallbackWriter<ReplayEventsResponse>(async chunk =>
        {
            chunks.Add(chunk);
            await AppendAsync((_bob, Topics.Users));
        });

        await _service.ReplayEvents(new ReplayEventsRequest(), writer, new TestCallContext());

        Assert.Equal(300, chunks.Sum(chunk => chunk.Events.Count));
    }

    [Fact]
    public async Task Replay_ThatCannotBe_IsRefused()
    {
        Assert.Equal((ErrorReason.InvalidField, "topic"), await RefusalOfReplayAsync(
            new ReplayEventsRequest { Stream = _ada.ToString("D") }));
        Assert.Equal((ErrorReason.InvalidId, "stream"), await RefusalOfReplayAsync(
            new ReplayEventsRequest { Topic = Topics.Users, Stream = "ada" }));
        Assert.Equal((ErrorReason.InvalidField, "limit"), await RefusalOfReplayAsync(
            new ReplayEventsRequest { Limit = -1 }));
    }

    [Fact]
    public async Task Heads_OfAnEmptyLog_AreNone()
    {
        var answer = await _client.ListStreamHeadsAsync(new ListStreamHeadsRequest());

        Assert.Empty(answer.Heads);
        Assert.Equal((0, 0), (answer.NextPosition, answer.HeadPosition));
        Assert.Equal((await _host.Store.ReadStateAsync(CancellationToken.None)).LogId, Guid.Parse(answer.LogId));
    }

    [Fact]
    public async Task Heads_OfALog_AreTheGreatestVersionOfEachStream()
    {
        await AppendAsync((_ada, Topics.Users), (_bob, Topics.Users), (_ada, Topics.Posts));
        _host.Clock.Advance(TimeSpan.FromSeconds(1));
        await AppendAsync((_ada, Topics.Users));

        var answer = await _client.ListStreamHeadsAsync(new ListStreamHeadsRequest());

        var now = _host.Clock.GetUtcNow();
        Assert.Equal(
            new HashSet<StreamHead>
            {
                Head(Topics.Users, _ada, 2, now),
                Head(Topics.Users, _bob, 1, now.AddSeconds(-1)),
                Head(Topics.Posts, _ada, 1, now.AddSeconds(-1)),
            },
            answer.Heads.ToHashSet());
        Assert.Equal((4, 4), (answer.NextPosition, answer.HeadPosition));
    }

    [Fact]
    public async Task Heads_PageByPage_ComeToTheEnd()
    {
        await AppendAsync((_ada, Topics.Users), (_ada, Topics.Users), (_bob, Topics.Users), (_ada, Topics.Users));

        var first = await _client.ListStreamHeadsAsync(new ListStreamHeadsRequest { PageSize = 3 });
        var second = await _client.ListStreamHeadsAsync(
            new ListStreamHeadsRequest { PageSize = 3, AfterPosition = first.NextPosition });
        var third = await _client.ListStreamHeadsAsync(
            new ListStreamHeadsRequest { PageSize = 3, AfterPosition = second.NextPosition });

        Assert.Equal([2, 1], first.Heads.OrderBy(head => head.Stream, StringComparer.Ordinal).Select(head => head.Version));
        Assert.Equal((3, 3), (first.NextPosition, Assert.Single(second.Heads).Version));
        Assert.Empty(third.Heads);
        Assert.Equal((4, 4, 4), (second.NextPosition, third.NextPosition, third.HeadPosition));
    }

    [Fact]
    public async Task Heads_OlderThan_LeaveYoungerEventsForLater()
    {
        await AppendAsync((_ada, Topics.Users));
        _host.Clock.Advance(TimeSpan.FromSeconds(2));
        await AppendAsync((_ada, Topics.Users), (_bob, Topics.Users));
        _host.Clock.Advance(TimeSpan.FromSeconds(1));

        var old = await HeadsOlderThanAsync(3, 0);
        Assert.Equal((1, 1, 3), (Assert.Single(old.Heads).Version, old.NextPosition, old.HeadPosition));
        var none = await HeadsOlderThanAsync(3, old.NextPosition);
        Assert.Equal((0, 1), (none.Heads.Count, none.NextPosition));
        _host.Clock.Advance(TimeSpan.FromSeconds(2));

        var late = await HeadsOlderThanAsync(3, none.NextPosition);

        Assert.Equal((2, 3), (late.Heads.Count, late.NextPosition));
    }

    [Fact]
    public async Task Heads_OlderThanWithTwoSequencersClocks_SkipNothing()
    {
        // The first row looks younger than the second: it was sequenced by a process whose clock is ahead.
        await using var ahead = _host.StartAnother(TimeSpan.FromMilliseconds(900));
        await _host.CreateAsync(_ada);
        await ahead.SequenceAsync();
        await AppendAsync((_bob, Topics.Users));
        _host.Clock.Advance(TimeSpan.FromSeconds(3));

        var early = await HeadsOlderThanAsync(3, 0);
        Assert.Equal((0, 0), (early.Heads.Count, early.NextPosition));
        _host.Clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(2, (await HeadsOlderThanAsync(3, 0)).Heads.Count);
    }

    [Theory]
    [InlineData(0, 1000)]
    [InlineData(10_001, 10_000)]
    public async Task Heads_PageSize_IsDefaultedOrClamped(int pageSize, int expected)
    {
        await _host.FillAsync(_ada, 10_100);
        await _host.SequenceAsync();

        var answer = await _client.ListStreamHeadsAsync(new ListStreamHeadsRequest { PageSize = pageSize });

        Assert.Equal((expected, 10_100), (answer.NextPosition, answer.HeadPosition));
    }

    [Fact]
    public async Task Heads_NegativePageSize_IsRefused()
    {
        var refusal = await Assert.ThrowsAsync<ServiceException>(() =>
            _service.ListStreamHeads(new ListStreamHeadsRequest { PageSize = -1 }, new TestCallContext()));

        Assert.Equal(ErrorReason.InvalidPageSize, refusal.Reason);
    }

    [Fact]
    public async Task Heads_OlderThanTheWorld_AreNone()
    {
        await AppendAsync((_ada, Topics.Users));

        var answer = await _client.ListStreamHeadsAsync(
            new ListStreamHeadsRequest { OlderThan = new Duration { Seconds = Duration.MaxSeconds } });

        Assert.Equal((0, 0, 1), (answer.Heads.Count, answer.NextPosition, answer.HeadPosition));
    }

    [Theory]
    [InlineData(-1, 0)]
    [InlineData(0, -1)]
    [InlineData(long.MaxValue, 0)]
    [InlineData(1, 2_000_000_000)]
    public async Task Heads_AgeThatCannotBe_IsRefused(long seconds, int nanos)
    {
        var request = new ListStreamHeadsRequest { OlderThan = new Duration { Seconds = seconds, Nanos = nanos } };

        var refusal = await Assert.ThrowsAsync<ServiceException>(() =>
            _service.ListStreamHeads(request, new TestCallContext()));

        Assert.Equal((ErrorReason.InvalidField, "older_than"), (refusal.Reason, refusal.Field));
    }

    [Fact]
    public async Task SourceLog_OfTheTests_AnswersAsTheRealOne()
    {
        var copy = new SourceLog(_host.Clock);
        foreach (var (actor, topic) in new[] { (_ada, Topics.Users), (_bob, Topics.Posts), (_ada, Topics.Users) })
        {
            await AppendAsync((actor, topic));
            copy.Append(topic, actor, new Users.V1.UserCreated());
            _host.Clock.Advance(TimeSpan.FromSeconds(2));
        }

        foreach (var (after, size, ageSeconds) in new[] { (0, 10, 0), (0, 2, 0), (1, 10, 0), (0, 10, 3), (3, 10, 0) })
        {
            var request = new ListStreamHeadsRequest
            {
                AfterPosition = after, PageSize = size, OlderThan = Duration.FromTimeSpan(TimeSpan.FromSeconds(ageSeconds)),
            };
            var real = await _service.ListStreamHeads(request, new TestCallContext());
            var copied = await copy.ListStreamHeads(request, new TestCallContext());
            copied.LogId = real.LogId;
            Assert.Equal(real.Heads.ToHashSet(), copied.Heads.ToHashSet());
            Assert.Equal((real.NextPosition, real.HeadPosition), (copied.NextPosition, copied.HeadPosition));
        }

        foreach (var request in new[] { new ReplayEventsRequest(), OfAda(), OfAda(1), OfAda(limit: 1) })
            Assert.Equal(await PlacesOfAsync(_service, request), await PlacesOfAsync(copy, request));
    }

    private static async Task<List<(long, string, string, long)>> PlacesOfAsync(
        EventLogService.EventLogServiceBase log, ReplayEventsRequest request)
    {
        var places = new List<(long, string, string, long)>();
        var writer = new CallbackWriter<ReplayEventsResponse>(chunk =>
        {
            places.AddRange(chunk.Events.Select(row => (row.Position, row.Topic, row.Stream, row.Version)));
            return Task.CompletedTask;
        });
        await log.ReplayEvents(request, writer, new TestCallContext());
        return places;
    }

    private static ReplayEventsRequest OfAda(long afterVersion = 0, int limit = 0) => new()
    {
        Topic = Topics.Users, Stream = _ada.ToString("D"), AfterVersion = afterVersion, Limit = limit,
    };

    private static StreamHead Head(string topic, Guid stream, long version, DateTimeOffset time) => new()
    {
        Topic = topic, Stream = stream.ToString("D"), Version = version, SequenceTime = time.ToTimestamp(),
    };

    private static IEnumerable<long> PositionsOf(IEnumerable<Event> events) => events.Select(row => row.Position);

    private async Task<List<ReplayEventsResponse>> ReadChunksAsync(ReplayEventsRequest request)
    {
        using var call = _client.ReplayEvents(request);
        var chunks = new List<ReplayEventsResponse>();
        await foreach (var chunk in call.ResponseStream.ReadAllAsync())
            chunks.Add(chunk);
        return chunks;
    }

    private async Task<List<Event>> ReplayAsync(ReplayEventsRequest request) =>
        [.. (await ReadChunksAsync(request)).SelectMany(chunk => chunk.Events)];

    private async Task<(ErrorReason, string?)> RefusalOfReplayAsync(ReplayEventsRequest request)
    {
        var refusal = await Assert.ThrowsAsync<ServiceException>(() =>
            _service.ReplayEvents(request, null!, new TestCallContext()));
        return (refusal.Reason, refusal.Field);
    }

    private async Task<ListStreamHeadsResponse> HeadsOlderThanAsync(int seconds, long afterPosition) =>
        await _client.ListStreamHeadsAsync(new ListStreamHeadsRequest
        {
            AfterPosition = afterPosition, OlderThan = Duration.FromTimeSpan(TimeSpan.FromSeconds(seconds)),
        });

    private async Task AppendAsync(params (Guid Actor, string Topic)[] events)
    {
        foreach (var (actor, topic) in events)
            await _host.CreateAsync(actor, topic);
        await _host.SequenceAsync();
    }
}
