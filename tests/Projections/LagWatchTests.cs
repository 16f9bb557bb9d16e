using DaprSocial.Identifiers;
using DaprSocial.Testing;
using Grpc.Core;

namespace DaprSocial.Projections.Tests;

public sealed class LagWatchTests(DatabaseFixture fixture) : IClassFixture<DatabaseFixture>, IAsyncLifetime
{
    private static readonly TimeSpan _second = TimeSpan.FromSeconds(1);
    private static readonly Guid _ada = Uuid.Create(1);
    private static readonly Guid _bob = Uuid.Create(2);

    private ProjectionWorld _world = null!;
    private ProjectionHost _host = null!;

    public async Task InitializeAsync()
    {
        _world = await ProjectionWorld.CreateAsync(fixture.Database);
        _host = _world.CreateHost();
    }

    public Task DisposeAsync() => _world.DisposeAsync().AsTask();

    [Fact]
    public async Task Read_WithoutAToken_TellsTheLagWithoutAskingAnybody()
    {
        _world.Append(_ada);
        _world.Clock.Advance(_second);
        await _host.Lag.MeasureAsync(CancellationToken.None);
        _world.Clock.Advance(_second);
        var (sweeps, statement) = (_world.Log.Sweeps.Count, _host.Watch.NextAsync(""));

        var answer = _host.Gate.WaitAsync("", null, _bob, new TestCallContext());

        Assert.True(answer.IsCompletedSuccessfully);
        Assert.Equal((true, 2 * _second), (
            (await answer).Freshness.Satisfied, (await answer).Freshness.Lag.ToTimeSpan()));
        Assert.Equal((sweeps, false), (_world.Log.Sweeps.Count, statement.IsCompleted));
    }

    [Fact]
    public async Task Lag_OfAStreamThatKeepsGrowing_IsThatOfItsOldestEvent()
    {
        for (var round = 0; round < 5; round++)
        {
            _world.Append(_ada);
            await _host.Lag.MeasureAsync(CancellationToken.None);
            _world.Clock.Advance(_second);
        }

        Assert.Equal(5 * _second, _host.Lag.LagOf(null));
    }

    [Fact]
    public async Task Lag_EventIsAppliedHere_EndsAtOnce()
    {
        await _host.StartEngineAsync();
        var row = _world.Append(_ada);
        _world.Clock.Advance(_second);
        await _host.Lag.MeasureAsync(CancellationToken.None);
        Assert.Equal(_second, _host.Lag.LagOf(null));

        await _host.DeliverAsync(row);

        Assert.Equal(TimeSpan.Zero, _host.Lag.LagOf(null));
    }

    [Fact]
    public async Task Lag_EventIsAppliedElsewhere_EndsWithTheNextMeasurement()
    {
        var row = _world.Append(_ada);
        await _host.Lag.MeasureAsync(CancellationToken.None);
        var other = await _world.StartHostAsync();
        await other.DeliverAsync(row);
        _world.Clock.Advance(_second);
        Assert.Equal(_second, _host.Lag.LagOf(null));

        await _host.Lag.MeasureAsync(CancellationToken.None);

        Assert.Equal(TimeSpan.Zero, _host.Lag.LagOf(null));
    }

    [Fact]
    public async Task Lag_OfAParkedStream_IsItsOwnersOnly()
    {
        _world.Append(_ada);
        await _world.ExecuteAsync(
            """
            insert into checkpoint values ('users', @stream, 0);
            insert into parked_stream values ('users', @stream, 1, @stream, 't', 'r', now());
            """,
            new { stream = _ada });
        _world.Clock.Advance(_second);

        await _host.Lag.MeasureAsync(CancellationToken.None);
        await _host.Lag.MeasureAsync(CancellationToken.None);

        Assert.Equal((_second, TimeSpan.Zero), (_host.Lag.LagOf(_ada), _host.Lag.LagOf(_bob)));
    }

    [Fact]
    public async Task Watch_EverySecond_CountsWhatIsOlderThanOne()
    {
        await _host.Lag.StartAsync(CancellationToken.None);
        await _world.Clock.WhenScheduledAsync(_second).InTimeAsync();
        _world.Append(_ada);

        for (var tick = 0; tick < 2; tick++)
        {
            var asked = _world.Log.NextCall;
            _world.Clock.Advance(_second);
            await asked.InTimeAsync();
        }

        // The turn of a measurement ends with what it found.
        await _host.Lag.MeasureAsync(CancellationToken.None);
        Assert.Equal(2 * _second, _host.Lag.LagOf(null));
        Assert.Equal(_second, _world.Log.Sweeps[0].OlderThan.ToTimeSpan());
        await _host.Lag.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task Watch_SourceAway_KeepsWhatItKnowsAndGoesOn()
    {
        _world.Append(_ada);
        await _host.Lag.MeasureAsync(CancellationToken.None);
        await _host.Lag.StartAsync(CancellationToken.None);
        await _world.Clock.WhenScheduledAsync(_second).InTimeAsync();
        _world.Log.OnCallAsync = _ => throw new RpcException(new Status(StatusCode.Unavailable, "away"));

        for (var tick = 0; tick < 3; tick++)
        {
            var asked = _world.Log.NextCall;
            _world.Clock.Advance(_second);
            await asked.InTimeAsync();
        }

        Assert.Equal(3 * _second, _host.Lag.LagOf(null));
        await _host.Lag.StopAsync(CancellationToken.None);
    }
}
