using DaprSocial.Events;
using DaprSocial.Identifiers;
using DaprSocial.Testing;
using Grpc.Core;

namespace DaprSocial.Projections.Tests;

public sealed class TailSweepTests(DatabaseFixture fixture) : IClassFixture<DatabaseFixture>, IAsyncLifetime
{
    private static readonly TimeSpan _period = TimeSpan.FromSeconds(2);
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
    public async Task CatchUp_LastEventOfAStreamLost_FindsIt()
    {
        var events = _world.AppendMany(_ada, 3);
        await _host.DeliverAllAsync(events[..2]);

        Assert.Equal(1, await CatchUpAsync());

        await _world.AssertAppliedOnceAsync(_ada, 3);
    }

    [Fact]
    public async Task CatchUp_WholeStreamsLost_FindsThem()
    {
        _world.AppendMany(_ada, 3);
        _world.AppendMany(_bob, 2);
        _world.Append(_bob, topic: Topics.Posts);

        Assert.Equal(3, await CatchUpAsync());

        await _world.AssertAppliedOnceAsync(_ada, 3);
        await _world.AssertAppliedOnceAsync(_bob, 2);
        await _world.AssertAppliedOnceAsync(_bob, 1, Topics.Posts);
    }

    [Fact]
    public async Task CatchUp_LogEndsBeforeWhereItWasRead_GoesOnNoMore()
    {
        await _host.DeliverAllAsync(_world.AppendMany(_ada, 3));
        await CatchUpAsync();
        _world.Log.Rewind(1);
        var other = _world.Append(_bob);

        Assert.Equal(0, await CatchUpAsync());
        await _host.DeliverAsync(other);
        var newcomer = await _world.StartHostAsync();
        await newcomer.DeliverAsync(_world.Append(_ada));
        await newcomer.DeliverAsync(_world.Append(_bob));

        await _world.AssertAppliedOnceAsync(_ada, 3);
        await _world.AssertAppliedOnceAsync(_bob, 0);
        Assert.True(await _world.ReadAsync<bool>("select bool_and(is_rewound) from log_source"));
    }

    [Fact]
    public async Task CatchUp_ProjectionIsRestoredTogetherWithItsLog_IsNoticedByWhoLivedThroughIt()
    {
        await _host.DeliverAllAsync(_world.AppendMany(_ada, 3));
        await CatchUpAsync();
        _world.Log.Rewind(1);
        await _world.ExecuteAsync("update log_source set position = 1; update checkpoint set version = 1");

        await CatchUpAsync();

        Assert.True(await _world.ReadAsync<bool>("select bool_and(is_rewound) from log_source"));
    }

    [Fact]
    public async Task CatchUp_NothingMissing_AsksForNoEvent()
    {
        await _host.DeliverAllAsync(_world.AppendMany(_ada, 3));

        Assert.Equal(0, await CatchUpAsync());

        Assert.Empty(_world.Log.Replays);
    }

    [Fact]
    public async Task CatchUp_CalledAgain_LooksOnlyAtWhatIsNew()
    {
        _world.AppendMany(_ada, 3);
        await CatchUpAsync();
        var sweeps = _world.Log.Sweeps.Count;
        _world.Append(_bob);

        Assert.Equal(1, await CatchUpAsync());

        Assert.All(_world.Log.Sweeps.Skip(sweeps), sweep => Assert.True(sweep.AfterPosition >= 3));
        await _world.AssertAppliedOnceAsync(_bob, 1);
    }

    [Fact]
    public async Task CatchUp_OfANewProcess_LooksFromTheBeginning()
    {
        _world.AppendMany(_ada, 3);
        await CatchUpAsync();
        await _world.ExecuteAsync("delete from checkpoint; delete from counter");

        var restarted = await _world.StartHostAsync();

        Assert.Equal(1, await restarted.Sweep.CatchUpAsync(CancellationToken.None).InTimeAsync());
        await _world.AssertAppliedOnceAsync(_ada, 3);
    }

    [Fact]
    public async Task CatchUp_OfMoreThanAPage_LooksAtEveryPage()
    {
        _world.AppendMany(_ada, 5001);
        _world.Append(_bob);

        // The first page's repair reads the whole stream.
        Assert.Equal(2, await CatchUpAsync());

        await _world.AssertAppliedOnceAsync(_ada, 5001);
        await _world.AssertAppliedOnceAsync(_bob, 1);
    }

    [Fact]
    public async Task CatchUp_TopicThatIsNotConsumed_IsLeftOut()
    {
        // Reactions stand in the same log as posts.
        _world.Append(_ada, topic: Topics.Reactions);
        _world.Append(_ada, topic: Topics.Posts);

        Assert.Equal(1, await CatchUpAsync());

        Assert.Equal(0, await _world.CheckpointAsync(_ada, Topics.Reactions));
        await _world.AssertAppliedOnceAsync(_ada, 1, Topics.Posts);
    }

    [Fact]
    public async Task CatchUp_LogWasReplaced_AppliesNothingOfIt()
    {
        await _host.DeliverAsync(_world.Append(_ada));
        _world.Log.LogId = Guid.NewGuid();
        _world.Append(_ada);

        Assert.Equal(0, await CatchUpAsync());

        await _world.AssertAppliedOnceAsync(_ada, 1);
    }

    [Fact]
    public async Task CatchUp_SourceFailsHalfWay_ComparesThePageAgain()
    {
        _world.AppendMany(_ada, 2);
        _world.AppendMany(_bob, 2);
        var replays = 0;
        _world.Log.OnCallAsync = context => context.Method.EndsWith("ReplayEvents", StringComparison.Ordinal)
            && ++replays == 2
                ? throw new RpcException(new Status(StatusCode.Unavailable, "away"))
                : Task.CompletedTask;

        await Assert.ThrowsAsync<RpcException>(CatchUpAsync);
        Assert.Equal(1, await CatchUpAsync());

        await _world.AssertAppliedOnceAsync(_ada, 2);
        await _world.AssertAppliedOnceAsync(_bob, 2);
    }

    [Fact]
    public async Task CatchUp_ParkedStream_IsLeftAlone()
    {
        _world.AppendMany(_ada, 2);
        await _world.ExecuteAsync(
            """
            insert into checkpoint values ('users', @stream, 1);
            insert into parked_stream values ('users', @stream, 2, @stream, 't', 'r', now())
            """,
            new { stream = _ada });

        Assert.Equal(0, await CatchUpAsync());

        Assert.Equal(1, await _world.CheckpointAsync(_ada));
        Assert.Empty(_world.Log.Replays);
    }

    [Fact]
    public async Task Loop_LostEventOlderThan3S_IsRepaired()
    {
        await _host.StartSweepAsync();
        _world.Append(_ada);

        // At 2 s the event is younger than 3 s; at 4 s it is not.
        await SweepOnceAsync();
        Assert.Equal(0, await _world.CheckpointAsync(_ada));
        await SweepOnceAsync();
        await _host.WhenAppliedAsync(_ada, 1);

        await _world.AssertAppliedOnceAsync(_ada, 1);
        Assert.All(_world.Log.Sweeps, sweep => Assert.Equal(TimeSpan.FromSeconds(3), sweep.OlderThan.ToTimeSpan()));
    }

    [Fact]
    public async Task Loop_SourceWasAway_GoesOn()
    {
        var calls = 0;
        _world.Log.OnCallAsync = _ => ++calls <= 2
            ? throw new RpcException(new Status(StatusCode.Unavailable, "away"))
            : Task.CompletedTask;
        await _host.StartSweepAsync();
        _world.Append(_ada);

        for (var round = 0; round < 3; round++)
            await SweepOnceAsync();
        await _host.WhenAppliedAsync(_ada, 1);

        await _world.AssertAppliedOnceAsync(_ada, 1);
    }

    [Fact]
    public async Task Loop_StoppedDuringACall_EndsWithoutFault()
    {
        _world.Log.OnCallAsync = context => Task.Delay(Timeout.Infinite, context.CancellationToken);
        await _host.StartSweepAsync();
        var asked = _world.Log.NextCall;
        _world.Clock.Advance(_period);
        await asked.InTimeAsync();

        await _host.Sweep.StopAsync(CancellationToken.None).InTimeAsync();

        Assert.False(_host.Sweep.ExecuteTask!.IsFaulted, $"{_host.Sweep.ExecuteTask.Exception}");
    }

    private Task<int> CatchUpAsync() => _host.Sweep.CatchUpAsync(CancellationToken.None).InTimeAsync();

    /// <summary>Lets the loop look once at each source: users and posts.</summary>
    private async Task SweepOnceAsync()
    {
        var sweeps = _world.Log.Sweeps.Count;
        _world.Clock.Advance(_period);
        while (true)
        {
            var next = _world.Log.NextCall;
            if (_world.Log.Sweeps.Count >= sweeps + 2)
                return;
            await next.InTimeAsync();
        }
    }
}
