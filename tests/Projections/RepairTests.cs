using DaprSocial.Events;
using DaprSocial.Events.V1;
using DaprSocial.Identifiers;
using DaprSocial.Testing;
using DaprSocial.Users.V1;
using Grpc.Core;

namespace DaprSocial.Projections.Tests;

public sealed class RepairTests(DatabaseFixture fixture) : IClassFixture<DatabaseFixture>, IAsyncLifetime
{
    private static readonly TimeSpan _tick = TimeSpan.FromMilliseconds(100);
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
    public async Task Hole_For200Ms_IsReadFromTheLog()
    {
        var events = _world.AppendMany(_ada, 4);
        await _host.DeliverAsync(events[0]);
        await _host.DeliverAsync(events[3]);

        _world.Clock.Advance(HeldBackEvents.HoldMax);
        await _host.WhenAppliedAsync(_ada, 4);

        await _world.AssertAppliedOnceAsync(_ada, 4);
        var replay = Assert.Single(_world.Log.Replays);
        Assert.Equal(
            (Topics.Users, _ada.ToString("D"), 1L), (replay.Topic, replay.Stream, replay.AfterVersion));
    }

    [Fact]
    public async Task Hole_AtTheBeginning_IsReadFromTheLog()
    {
        var events = _world.AppendMany(_ada, 2);
        await _host.DeliverAsync(events[1]);

        _world.Clock.Advance(HeldBackEvents.HoldMax);
        await _host.WhenAppliedAsync(_ada, 2);

        await _world.AssertAppliedOnceAsync(_ada, 2);
    }

    [Fact]
    public async Task Hole_OfABusyStream_IsReadAfter200MsAllTheSame()
    {
        var events = _world.AppendMany(_ada, 5);
        await _host.DeliverAsync(events[0]);
        await _host.DeliverAsync(events[2]);
        _world.Clock.Advance(TimeSpan.FromMilliseconds(120));
        await _host.DeliverAsync(events[3]);
        _world.Clock.Advance(TimeSpan.FromMilliseconds(70));
        await _host.DeliverAsync(events[4]);

        var asked = _world.Log.NextCall;
        _world.Clock.Advance(TimeSpan.FromMilliseconds(10));

        await asked.InTimeAsync();
        await _host.WhenAppliedAsync(_ada, 5);
        await _world.AssertAppliedOnceAsync(_ada, 5);
    }

    [Fact]
    public async Task Hole_ThatClosedAndAnother_IsGivenItsOwn200Ms()
    {
        var events = _world.AppendMany(_ada, 5);
        await _host.DeliverAsync(events[1]);
        _world.Clock.Advance(TimeSpan.FromMilliseconds(150));
        await _host.DeliverAsync(events[0]);
        await _host.DeliverAsync(events[3]);
        _world.Clock.Advance(TimeSpan.FromMilliseconds(150));
        await _host.DeliverAsync(events[2]);

        // Another stream's repair comes after every tick so far.
        await RepairBobAsync();

        await _world.AssertAppliedOnceAsync(_ada, 4);
        Assert.DoesNotContain(_world.Log.Replays, replay => replay.Stream == _ada.ToString("D"));
    }

    [Fact]
    public async Task Hole_WithMoreBehindItThanIsHeld_IsReadToTheEnd()
    {
        var events = _world.AppendMany(_ada, 150);
        await _host.DeliverAllAsync(events[1..]);
        await _world.AssertAppliedOnceAsync(_ada, 0);

        _world.Clock.Advance(HeldBackEvents.HoldMax);
        await _host.WhenAppliedAsync(_ada, 150);

        await _world.AssertAppliedOnceAsync(_ada, 150);
    }

    [Fact]
    public async Task Hole_OfManyEvents_IsReadInParts()
    {
        var events = _world.AppendMany(_ada, 4100);
        await _host.DeliverAsync(events[^1]);

        _world.Clock.Advance(HeldBackEvents.HoldMax);
        await _host.WhenAppliedAsync(_ada, 4100);

        await _world.AssertAppliedOnceAsync(_ada, 4100);
        Assert.Equal([0, 2000, 4000], _world.Log.Replays.Select(replay => replay.AfterVersion));
    }

    [Fact]
    public async Task Holes_OfManyStreams_AreAllRead()
    {
        Guid[] streams = [.. Enumerable.Range(10, 20).Select(index => Uuid.Create(index))];
        await _host.DeliverAllAsync(streams.Select(stream => _world.AppendMany(stream, 2)[1]));

        _world.Clock.Advance(HeldBackEvents.HoldMax);
        foreach (var stream in streams)
            await _host.WhenAppliedAsync(stream, 2);

        Assert.Equal(streams.Length, _world.Log.Replays.Count);
        foreach (var stream in streams)
            await _world.AssertAppliedOnceAsync(stream, 2);
    }

    [Fact]
    public async Task Hole_WhileTheSourceIsAway_IsReadLater()
    {
        var calls = 0;
        _world.Log.OnCallAsync = _ => ++calls <= 2
            ? throw new RpcException(new Status(StatusCode.Unavailable, "away"))
            : Task.CompletedTask;
        var events = _world.AppendMany(_ada, 2);
        await _host.DeliverAsync(events[1]);

        var asked = _world.Log.NextCall;
        _world.Clock.Advance(HeldBackEvents.HoldMax);
        await asked.InTimeAsync();
        // Ticks that come while a call is under way count as one, so the third call may need none of these.
        _world.Clock.Advance(_tick);
        await WhenAskedAsync(2);
        _world.Clock.Advance(_tick);
        await _host.WhenAppliedAsync(_ada, 2);

        await _world.AssertAppliedOnceAsync(_ada, 2);
    }

    [Fact]
    public async Task Hole_ThatTheLogDoesNotKnow_IsGivenUp()
    {
        // An event that is in no log of ours: nothing will ever come before it.
        var elsewhere = new SourceLog(_world.Clock) { LogId = _world.Log.LogId };
        for (var version = 1; version < 3; version++)
            elsewhere.Append(Topics.Users, _ada, new ProfileUpdated());
        await _host.DeliverAsync(elsewhere.Append(Topics.Users, _ada, new ProfileUpdated()));

        var asked = _world.Log.NextCall;
        _world.Clock.Advance(HeldBackEvents.HoldMax);
        await asked.InTimeAsync();
        await RepairBobAsync();

        Assert.Single(_world.Log.Replays, replay => replay.Stream == _ada.ToString("D"));
        await _world.AssertAppliedOnceAsync(_ada, 0);
    }

    [Fact]
    public async Task Hole_ThatAnotherInstanceClosed_IsGoneHereToo()
    {
        var other = await _world.StartHostAsync();
        var events = _world.AppendMany(_ada, 3);
        await _host.DeliverAsync(events[2]);
        await other.DeliverAllAsync(events);
        await _world.AssertAppliedOnceAsync(_ada, 3);

        var asked = _world.Log.NextCall;
        _world.Clock.Advance(HeldBackEvents.HoldMax);
        await asked.InTimeAsync();
        Assert.Equal(3, Assert.Single(_world.Log.Replays).AfterVersion);

        var next = _world.Append(_ada);
        await _host.DeliverAsync(next);
        await _world.AssertAppliedOnceAsync(_ada, 4);
    }

    [Fact]
    public async Task Checkpoint_ThatARestoreTookBack_IsCaughtUpAtTheNextEvent()
    {
        var events = _world.AppendMany(_ada, 4);
        await _host.DeliverAllAsync(events[..3]);
        await _world.ExecuteAsync("update checkpoint set version = 1; update counter set count = 1, version_sum = 1");

        await _host.DeliverAsync(events[3]);
        var asked = _world.Log.NextCall;
        _world.Clock.Advance(HeldBackEvents.HoldMax);
        await asked.InTimeAsync();

        await _host.WhenAppliedAsync(_ada, 4);
        await _world.AssertAppliedOnceAsync(_ada, 4);
    }

    [Fact]
    public async Task Stop_DuringARepair_EndsWithoutFault()
    {
        _world.Log.OnCallAsync = context => Task.Delay(Timeout.Infinite, context.CancellationToken);
        await _host.DeliverAsync(_world.AppendMany(_ada, 2)[1]);
        var asked = _world.Log.NextCall;
        _world.Clock.Advance(HeldBackEvents.HoldMax);
        await asked.InTimeAsync();

        await _host.Engine.StopAsync(CancellationToken.None).InTimeAsync();

        Assert.False(_host.Engine.ExecuteTask!.IsFaulted, $"{_host.Engine.ExecuteTask.Exception}");
    }

    /// <summary>Makes a hole in another stream and has it repaired.</summary>
    private async Task RepairBobAsync()
    {
        List<Event> events = _world.AppendMany(_bob, 2);
        await _host.DeliverAsync(events[1]);
        _world.Clock.Advance(HeldBackEvents.HoldMax);
        await _host.WhenAppliedAsync(_bob, 2);
    }

    private async Task WhenAskedAsync(int count)
    {
        while (true)
        {
            var next = _world.Log.NextCall;
            if (_world.Log.Replays.Count >= count)
                return;
            await next.InTimeAsync();
        }
    }
}
