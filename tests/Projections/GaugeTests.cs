using DaprSocial.Events;
using DaprSocial.Identifiers;
using DaprSocial.Testing;

namespace DaprSocial.Projections.Tests;

public sealed class GaugeTests(DatabaseFixture fixture) : IClassFixture<DatabaseFixture>, IAsyncLifetime
{
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
    public async Task HeldBack_EventsThatWaitForOneBefore_AreCountedByTopic()
    {
        await _host.StartVersionsAsync();
        var events = _world.AppendMany(_ada, 3);
        await _host.DeliverToVersionsAsync(events[2]);
        await _host.DeliverToVersionsAsync(events[1]);
        Assert.Equal(2, Read(ProjectionMetrics.HeldBackName, Topics.Users));
        Assert.Equal(0, Read(ProjectionMetrics.HeldBackName, Topics.Posts));

        await _host.DeliverToVersionsAsync(events[0]);

        Assert.Equal(0, Read(ProjectionMetrics.HeldBackName, Topics.Users));
    }

    [Fact]
    public async Task Lag_OldestEventNotApplied_IsItsAgeByTopic()
    {
        var first = _world.Append(_ada);
        _world.Clock.Advance(TimeSpan.FromSeconds(30));
        _world.Append(_bob, topic: Topics.Posts);
        _world.Clock.Advance(TimeSpan.FromSeconds(10));
        // Only now: time that passes wakes the sweep, which would apply the events before they are measured.
        await _host.StartVersionsAsync();
        await _host.Versions.Active.Lag.MeasureAsync(CancellationToken.None).InTimeAsync();

        Assert.Equal(40, Read(ProjectionMetrics.LagName, Topics.Users));
        Assert.Equal(10, Read(ProjectionMetrics.LagName, Topics.Posts));

        await _host.DeliverToVersionsAsync(first);
        Assert.Equal(0, Read(ProjectionMetrics.LagName, Topics.Users));
    }

    [Fact]
    public async Task Parked_Streams_AreCountedAndAreNoLag()
    {
        await _host.StartVersionsAsync();
        var delivering = _host.DeliverToVersionsAsync(_world.Append(_ada, handle: ProjectionWorld.Poison));
        await _world.AdvanceThroughDelaysAsync();
        await delivering.InTimeAsync();
        await _host.Versions.Active.Lag.MeasureAsync(CancellationToken.None).InTimeAsync();

        Assert.Equal(1, Read(ProjectionMetrics.ParkedName, Topics.Users));
        Assert.Equal(0, Read(ProjectionMetrics.LagName, Topics.Users));
    }

    private double Read(string gauge, string topic) =>
        Gauges.Read(ProjectionMetrics.MeterName, gauge, _world.Schema.Name, "topic")[topic];
}
