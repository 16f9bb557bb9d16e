using DaprSocial.Events;
using DaprSocial.Identifiers;
using DaprSocial.Testing;

namespace DaprSocial.Projections.Tests;

public sealed class InstancesTests(DatabaseFixture fixture) : IClassFixture<DatabaseFixture>, IAsyncLifetime
{
    private ProjectionWorld _world = null!;

    public async Task InitializeAsync() => _world = await ProjectionWorld.CreateAsync(fixture.Database);

    public Task DisposeAsync() => _world.DisposeAsync().AsTask();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Instances_GivenAllEventsInTheirOwnOrder_ApplyEachOnce(int seed)
    {
        var random = new Random(seed);
        ProjectionHost[] hosts = [await _world.StartHostAsync(), await _world.StartHostAsync()];
        Guid[] streams = [.. Enumerable.Range(1, 12).Select(index => Uuid.Create(index))];
        var events = streams.SelectMany(stream => _world.AppendMany(stream, 20)).ToList();

        await Task.WhenAll(hosts.Select(host =>
        {
            var order = events.OrderBy(_ => random.Next()).ToList();
            return Task.Run(() => host.DeliverAllAsync(order));
        }));

        foreach (var stream in streams)
            await _world.AssertAppliedOnceAsync(stream, 20);
    }

    [Fact]
    public async Task Instances_GivenHalfOfAStreamEach_ApplyAllWithTheLogsHelp()
    {
        ProjectionHost[] hosts = [await _world.StartHostAsync(), await _world.StartHostAsync()];
        var stream = Uuid.Create(1);
        var events = _world.AppendMany(stream, 40);

        await Task.WhenAll(
            hosts[0].DeliverAllAsync(events.Where(row => row.Version % 2 == 0)),
            hosts[1].DeliverAllAsync(events.Where(row => row.Version % 2 == 1)));
        await Task.WhenAll(hosts.Select(host => host.Sweep.CatchUpAsync(CancellationToken.None))).InTimeAsync();

        await _world.AssertAppliedOnceAsync(stream, 40);
    }

    [Fact]
    public async Task Checkpoints_OfABatchOfNewStreams_AreCreatedInOneOrder()
    {
        // In any other order two instances that meet the same new streams wait for each other for ever.
        var host = await _world.StartHostAsync();
        var random = new Random(5);
        Guid[] streams = [.. Enumerable.Range(1, 60).Select(index => Uuid.Create(index)).OrderBy(_ => random.Next())];

        await host.DeliverAsOneBatchAsync(
            _world.Append(Uuid.Create(1000), topic: Topics.Posts), streams.Select(stream => _world.Append(stream)));

        var created = await _world.ReadAsync<Guid[]>(
            "select array_agg(stream order by ctid) from checkpoint where topic = 'users'");
        Assert.Equal(streams.Length, created.Length);
        Assert.Equal(created.Order(), created);
    }

    [Fact]
    public async Task Queries_FromAReplicaThatLags_DoNotStopTheConsumers()
    {
        var replica = TestSchema.In(fixture.Database);
        await ProjectionWorld.MigrateAsync(replica);
        var host = _world.CreateHost(replica);
        await host.StartEngineAsync();
        var stream = Uuid.Create(1);

        await host.DeliverAllAsync(_world.AppendMany(stream, 3));

        await _world.AssertAppliedOnceAsync(stream, 3);
    }

    [Fact]
    public async Task Log_LearntByOneInstance_HoldsForAll()
    {
        var (first, second) = (await _world.StartHostAsync(), await _world.StartHostAsync());
        var stream = Uuid.Create(1);
        var foreign = _world.Append(Uuid.Create(2));
        foreign.LogId = Guid.NewGuid().ToString("D");

        await first.DeliverAsync(_world.Append(stream));
        await second.DeliverAsync(foreign);

        await _world.AssertAppliedOnceAsync(stream, 1);
        await _world.AssertAppliedOnceAsync(Uuid.Create(2), 0);
    }
}
