using DaprSocial.Events;
using DaprSocial.Events.V1;
using DaprSocial.Identifiers;
using DaprSocial.Posts.V1;
using Google.Protobuf;
using static global::Dapr.AppCallback.Autogen.Grpc.v1.TopicEventResponse.Types;

namespace DaprSocial.Projections.Tests;

public sealed class DeliveryTests(DatabaseFixture fixture) : IClassFixture<DatabaseFixture>, IAsyncLifetime
{
    private static readonly Guid _ada = Uuid.Create(1);
    private static readonly Guid _bob = Uuid.Create(2);

    private ProjectionWorld _world = null!;
    private ProjectionHost _host = null!;

    public async Task InitializeAsync()
    {
        _world = await ProjectionWorld.CreateAsync(fixture.Database);
        _host = await _world.StartHostAsync();
    }

    public Task DisposeAsync() => _world.DisposeAsync().AsTask();

    [Fact]
    public async Task Delivery_InOrder_AppliesEffectsAndCheckpoint()
    {
        foreach (var row in _world.AppendMany(_ada, 3))
            Assert.Equal(TopicEventResponseStatus.Success, await _host.DeliverAsync(row));

        await _world.AssertAppliedOnceAsync(_ada, 3);
        Assert.Equal(
            _world.Log.LogId, await _world.ReadAsync<Guid>("select log_id from log_source where topic = 'users'"));
    }

    [Fact]
    public async Task Delivery_Repeated_IsAppliedOnce()
    {
        var events = _world.AppendMany(_ada, 3);

        foreach (var row in events.Concat(events))
            await _host.DeliverAsync(row);
        await _host.DeliverAllAsync([.. events, .. events, .. events]);

        await _world.AssertAppliedOnceAsync(_ada, 3);
    }

    [Fact]
    public async Task Delivery_AheadOfAHole_IsAcknowledgedAndWaits()
    {
        var events = _world.AppendMany(_ada, 3);
        await _host.DeliverAsync(events[0]);

        Assert.Equal(TopicEventResponseStatus.Success, await _host.DeliverAsync(events[2]));

        await _world.AssertAppliedOnceAsync(_ada, 1);
    }

    [Fact]
    public async Task Delivery_ThatClosesTheHole_AppliesWhatWaitedWithoutTheLog()
    {
        var events = _world.AppendMany(_ada, 5);
        foreach (var index in new[] { 4, 2, 1, 3 })
            await _host.DeliverAsync(events[index]);
        await _world.AssertAppliedOnceAsync(_ada, 0);

        await _host.DeliverAsync(events[0]);

        await _world.AssertAppliedOnceAsync(_ada, 5);
        Assert.Empty(_world.Log.Replays);
    }

    [Fact]
    public async Task Delivery_AnyOrderWithRepetitions_AppliesEachOnce()
    {
        var random = new Random(11);
        Guid[] streams = [.. Enumerable.Range(1, 8).Select(index => Uuid.Create(index))];
        var events = streams.SelectMany(stream => _world.AppendMany(stream, 25)).ToList();
        var deliveries = events.Concat(events.Where(_ => random.Next(3) == 0)).OrderBy(_ => random.Next());

        await _host.DeliverAllAsync(deliveries);

        foreach (var stream in streams)
            await _world.AssertAppliedOnceAsync(stream, 25);
        Assert.Empty(_world.Log.Replays);
    }

    [Fact]
    public async Task Delivery_OfTwoTopics_HasACheckpointInEach()
    {
        await _host.DeliverAsync(_world.Append(_ada));
        await _host.DeliverAsync(_world.Append(_ada, topic: Topics.Posts));
        await _host.DeliverAsync(_world.Append(_ada, topic: Topics.Posts));

        await _world.AssertAppliedOnceAsync(_ada, 1);
        await _world.AssertAppliedOnceAsync(_ada, 2, Topics.Posts);
    }

    [Fact]
    public async Task Delivery_OfAnEntityByTwoActors_KeepsTheGreaterEntityVersion()
    {
        var (first, second) = (_world.Append(_ada, "older"), _world.Append(_bob, "newer"));
        (first.EntityId, first.EntityVersion) = ("shared", 1);
        (second.EntityId, second.EntityVersion) = ("shared", 2);

        await _host.DeliverAsync(second);
        await _host.DeliverAsync(first);

        Assert.Equal("newer", await ValueOfAsync("shared"));
        await _world.AssertAppliedOnceAsync(_ada, 1);
        await _world.AssertAppliedOnceAsync(_bob, 1);
    }

    [Fact]
    public async Task Delivery_OfATypeOfANextVersion_AdvancesTheCheckpoint()
    {
        var unknown = _world.Append(_ada);
        unknown.Type = "daprsocial.users.v2.UserFrozen";
        unknown.Payload = """{"whatever":[1,2,3]}""";

        await _host.DeliverAsync(unknown);
        await _host.DeliverAsync(_world.Append(_ada, "after"));

        Assert.Equal((2, 1), (
            await _world.CheckpointAsync(_ada), await _world.ReadAsync<long>("select sum(count) from counter")));
    }

    [Fact]
    public async Task Delivery_OfATypeThatNobodyConsumes_AdvancesTheCheckpoint()
    {
        await _host.DeliverAsync(_world.Log.Append(Topics.Posts, _ada, new PostDeleted { PostId = "p" }));

        Assert.Equal(1, await _world.CheckpointAsync(_ada, Topics.Posts));
    }

    [Fact]
    public async Task Delivery_WithFieldsOfANextVersion_IsApplied()
    {
        var row = _world.Append(_ada);
        row.Payload = """{"user":{"bio":"new","mood":"blue","tags":["a"]},"reason":3}""";
        var json = EventJson.Encode(row).Replace("\"position\"", "\"region\": \"eu\", \"position\"", StringComparison.Ordinal);

        var status = await _host.DeliverAsync(Topics.Users, ByteString.CopyFromUtf8(json));

        Assert.Equal((TopicEventResponseStatus.Success, "new"), (status, await ValueOfAsync(_ada.ToString("D"))));
    }

    [Fact]
    public async Task Delivery_Erased_AdvancesTheCheckpoint()
    {
        var row = _world.Append(_ada, "secret");
        row.Payload = EventJson.Erased;

        await _host.DeliverAsync(row);
        await _host.DeliverAsync(_world.Append(_ada, "after"));

        Assert.Equal((2, "after"), (await _world.CheckpointAsync(_ada), await ValueOfAsync(_ada.ToString("D"))));
    }

    [Theory]
    [InlineData("")]
    [InlineData("not json")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("{\"version\":\"many\"}")]
    [InlineData("\u0000")]
    public async Task Delivery_ThatIsNoEvent_GoesToTheDeadLetterTopic(string data) => Assert.Equal(
        TopicEventResponseStatus.Drop, await _host.DeliverAsync(Topics.Users, ByteString.CopyFromUtf8(data)));

    public static TheoryData<string, Action<Event>> Damages => new()
    {
        { "stream", row => row.Stream = "ada" },
        { "event id", row => row.EventId = "" },
        { "log id", row => row.LogId = "log" },
        { "version", row => row.Version = 0 },
        { "time", row => row.SequenceTime = null },
        { "after", row => row.After = "!" },
    };

    [Theory]
    [MemberData(nameof(Damages))]
    public async Task Delivery_OfADamagedEvent_GoesToTheDeadLetterTopic(string what, Action<Event> damage)
    {
        var row = _world.Append(_ada);
        damage(row);

        var status = await _host.DeliverAsync(row);

        Assert.True(status == TopicEventResponseStatus.Drop, $"A damaged {what} was taken.");
        Assert.Equal(0, await _world.ReadAsync<int>("select count(*) from checkpoint"));
    }

    [Fact]
    public async Task Delivery_BytesThatAreNoText_GoesToTheDeadLetterTopic() => Assert.Equal(
        TopicEventResponseStatus.Drop, await _host.DeliverAsync(Topics.Users, ByteString.CopyFrom(0xff, 0xfe, 0x7b)));

    [Fact]
    public async Task Delivery_OfAnotherLog_IsNotApplied()
    {
        await _host.DeliverAsync(_world.Append(_ada));
        var foreign = _world.Append(_ada, "foreign");
        foreign.LogId = Guid.NewGuid().ToString("D");

        Assert.Equal(TopicEventResponseStatus.Success, await _host.DeliverAsync(foreign));

        await _world.AssertAppliedOnceAsync(_ada, 1);
        foreign.LogId = _world.Log.LogId.ToString("D");
        await _host.DeliverAsync(foreign);
        await _world.AssertAppliedOnceAsync(_ada, 2);
    }

    [Fact]
    public async Task Delivery_OfAnotherLogToANewInstance_IsNotApplied()
    {
        await _host.DeliverAsync(_world.Append(_ada));
        var other = await _world.StartHostAsync();
        var foreign = _world.Append(_ada);
        foreign.LogId = Guid.NewGuid().ToString("D");

        await other.DeliverAsync(foreign);

        await _world.AssertAppliedOnceAsync(_ada, 1);
    }

    [Fact]
    public void Subscriptions_OfAService_AreItsTopicsWithADeadLetterTopic() => Assert.Equal(
        [(Topics.Pubsub, Topics.Users, Topics.DeadLetter), (Topics.Pubsub, Topics.Posts, Topics.DeadLetter)],
        _host.Handlers.Select(handler => (handler.PubsubName, handler.Topic, handler.DeadLetterTopic)));

    private Task<string> ValueOfAsync(string entityId) =>
        _world.ReadAsync<string>("select value from last_value where entity_id = @entityId", new { entityId });
}
