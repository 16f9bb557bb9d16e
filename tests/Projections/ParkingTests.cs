using DaprSocial.Events;
using DaprSocial.Events.V1;
using DaprSocial.Identifiers;
using DaprSocial.Testing;
using DaprSocial.Users.V1;

namespace DaprSocial.Projections.Tests;

public sealed class ParkingTests(DatabaseFixture fixture) : IClassFixture<DatabaseFixture>, IAsyncLifetime
{
    private const string ParkedCount = "select count(*) from parked_stream";
    private static readonly Guid _ada = Uuid.Create(1);
    private static readonly Guid _bob = Uuid.Create(2);
    private static readonly Guid _eve = Uuid.Create(3);

    private ProjectionWorld _world = null!;
    private ProjectionHost _host = null!;

    public async Task InitializeAsync()
    {
        _world = await ProjectionWorld.CreateAsync(fixture.Database);
        _host = await _world.StartHostAsync();
    }

    public Task DisposeAsync() => _world.DisposeAsync().AsTask();

    [Fact]
    public async Task FailingEvent_InABatch_ParksItsStreamOnly()
    {
        var tries = 0;
        var poison = _world.Append(_ada);
        Event[] batch =
        [
            poison, _world.Append(_bob), Poison(_ada), _world.Append(_bob), _world.Append(_ada), _world.Append(_bob),
        ];
        _host.OnApply = row => tries += row.EventId.ToString("D") == batch[2].EventId ? 1 : 0;

        await RunThroughDelaysAsync(() => _host.DeliverAsOneBatchAsync(_world.Append(_eve), batch));

        // Once with the others, five times alone.
        Assert.Equal(6, tries);
        await _world.AssertAppliedOnceAsync(_ada, 1);
        await _world.AssertAppliedOnceAsync(_bob, 3);
        await _world.AssertAppliedOnceAsync(_eve, 1);
        var (topic, stream, version, eventId, type, reason) =
            await _world.ReadAsync<(string, Guid, long, Guid, string, string)>(
                "select topic, stream, version, event_id, type, reason from parked_stream");
        Assert.Equal((Topics.Users, _ada, 2, batch[2].EventId), (topic, stream, version, eventId.ToString("D")));
        Assert.Equal(
            ("daprsocial.users.v1.ProfileUpdated", "InvalidOperationException: The event is poison."), (type, reason));
        Assert.Equal(
            _world.Clock.GetUtcNow().UtcDateTime,
            (await _world.ReadAsync<DateTime>("select park_time from parked_stream")).ToUniversalTime());
    }

    [Fact]
    public async Task ParkedStream_LaterEvents_WaitInTheLog()
    {
        var poison = Poison(_ada);
        await RunThroughDelaysAsync(() => _host.DeliverAsync(poison));

        await _host.DeliverAsync(_world.Append(_ada));
        await _host.DeliverAsync(_world.Append(_bob));
        _world.Clock.Advance(HeldBackEvents.HoldMax);
        Assert.Equal(0, await _host.Sweep.CatchUpAsync(CancellationToken.None).InTimeAsync());

        await _world.AssertAppliedOnceAsync(_ada, 0);
        await _world.AssertAppliedOnceAsync(_bob, 1);
        Assert.Empty(_world.Log.Replays);
    }

    [Fact]
    public async Task ParkedStream_ThatIsTakenOutOfTheParking_GoesOn()
    {
        var poison = Poison(_ada);
        await RunThroughDelaysAsync(() => _host.DeliverAsync(poison));
        poison.Payload = EventJson.Encode(new ProfileUpdated { User = new User { Bio = "mended" } });
        _world.Append(_ada);

        await _world.ExecuteAsync("delete from parked_stream");
        await _host.Engine.RepairAsync(new StreamKey(Topics.Users, _ada), 0, CancellationToken.None).InTimeAsync();

        await _world.AssertAppliedOnceAsync(_ada, 2);
    }

    [Fact]
    public async Task FailingEvent_AfterAHole_IsParkedAfterTheRepair()
    {
        _world.Append(_ada);
        await _host.DeliverAsync(Poison(_ada));
        await _world.AssertAppliedOnceAsync(_ada, 0);

        await RunThroughDelaysAsync(
            () => _host.Engine.RepairAsync(new StreamKey(Topics.Users, _ada), 0, CancellationToken.None));

        await _world.AssertAppliedOnceAsync(_ada, 1);
        Assert.Equal(1, await _world.ReadAsync<int>(ParkedCount));
    }

    [Fact]
    public async Task Event_ThatFailsFourTimes_IsAppliedAndNotParked()
    {
        var tries = 0;
        _host.OnApply = _ =>
        {
            if (++tries <= 5)
                throw new InvalidOperationException("Not yet.");
        };
        var row = _world.Append(_ada);

        await RunThroughDelaysAsync(() => _host.DeliverAsync(row));

        Assert.Equal((6, 0), (tries, await _world.ReadAsync<int>(ParkedCount)));
        await _world.AssertAppliedOnceAsync(_ada, 1);
    }

    [Fact]
    public async Task Event_WhoseEffectTheDatabaseRefuses_ParksItsStream()
    {
        var refused = _world.Append(_ada, TestStore.Refused);
        var fine = _world.Append(_bob);

        await RunThroughDelaysAsync(() => _host.DeliverAsOneBatchAsync(_world.Append(_eve), [refused, fine]));

        await _world.AssertAppliedOnceAsync(_ada, 0);
        await _world.AssertAppliedOnceAsync(_bob, 1);
        Assert.StartsWith(
            "PostgresException: 23514", await _world.ReadAsync<string>("select reason from parked_stream"),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("{\"user\":5}")]
    public async Task Payload_ThatIsNotOfItsType_ParksTheStream(string payload)
    {
        var row = _world.Append(_ada);
        row.Payload = payload;

        await RunThroughDelaysAsync(() => _host.DeliverAsync(row));

        Assert.Equal((0, 1), (await _world.CheckpointAsync(_ada), await _world.ReadAsync<int>(ParkedCount)));
    }

    public static TheoryData<string> Messages =>
    [
        "with a NUL \0 in it",
        "with half a pair \ud83d in it",
        new string('x', 600),
        // The first 500 characters end in the middle of a pair.
        new string('x', 500 - "FormatException: ".Length - 1) + "😀😀",
    ];

    [Theory]
    [MemberData(nameof(Messages))]
    public async Task Reason_ThatTheDatabaseCannotHold_ParksAllTheSame(string message)
    {
        _host.OnApply = row =>
        {
            if (row.Key.Stream == _ada)
                throw new FormatException(message);
        };
        var row = _world.Append(_ada);

        await RunThroughDelaysAsync(() => _host.DeliverAsync(row));
        await _host.DeliverAsync(_world.Append(_bob));

        var reason = await _world.ReadAsync<string>("select reason from parked_stream");
        Assert.StartsWith("FormatException: " + message[..5], reason, StringComparison.Ordinal);
        Assert.InRange(reason.Length, 1, 500);
        await _world.AssertAppliedOnceAsync(_bob, 1);
    }

    [Fact]
    public async Task FailingStreams_InOneBatch_AreAllParked()
    {
        Event[] batch = [Poison(_ada), Poison(_bob)];

        var delivering = _host.DeliverAsOneBatchAsync(_world.Append(_eve), batch);
        for (var stream = 0; stream < batch.Length; stream++)
            await _world.AdvanceThroughDelaysAsync();
        await delivering.InTimeAsync();

        Assert.Equal(2, await _world.ReadAsync<int>(ParkedCount));
        await _world.AssertAppliedOnceAsync(_eve, 1);
    }

    private Event Poison(Guid stream) => _world.Append(stream, handle: ProjectionWorld.Poison);

    private async Task RunThroughDelaysAsync(Func<Task> actAsync)
    {
        var acting = actAsync();
        await _world.AdvanceThroughDelaysAsync();
        await acting.InTimeAsync();
    }
}
