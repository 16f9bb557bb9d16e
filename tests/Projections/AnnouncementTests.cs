using DaprSocial.Events;
using DaprSocial.Identifiers;

namespace DaprSocial.Projections.Tests;

/// <summary>
/// What is applied is announced before the commit, so that a crash after it leaves no cache with the old state, and
/// again after it, should the cache have been away.
/// </summary>
public sealed class AnnouncementTests(DatabaseFixture fixture) : IClassFixture<DatabaseFixture>, IAsyncLifetime
{
    private static readonly Guid _ada = Uuid.Create(1);

    private readonly List<(int EventCount, int Version, long Applied)> _announced = [];
    private ProjectionWorld _world = null!;
    private ProjectionHost _host = null!;

    public async Task InitializeAsync()
    {
        _world = await ProjectionWorld.CreateAsync(fixture.Database);
        _host = await _world.StartHostAsync();
        _host.Store.OnAnnounceAsync = (batch, version) =>
        {
            var applied = _host.Applied.Get(new StreamKey(Topics.Users, _ada));
            _announced.Add(((int)batch.Counts.Sum(row => row.Value.Count), version, applied));
            return Task.CompletedTask;
        };
    }

    public Task DisposeAsync() => _world.DisposeAsync().AsTask();

    [Fact]
    public async Task Announce_EventIsApplied_ComesBeforeAndAfterTheCommitWithTheVersionOfTheProjection()
    {
        await _host.DeliverAsync(_world.Append(_ada));

        Assert.Equal([(1, 1, 0L), (1, 1, 1L)], _announced);
    }

    [Fact]
    public async Task Announce_EventIsADuplicate_DoesNotCome()
    {
        var row = _world.Append(_ada);
        await _host.DeliverAsync(row);

        await _host.DeliverAsync(row);

        Assert.Equal(2, _announced.Count);
    }

    [Fact]
    public async Task Announce_TransactionFails_ComesForTheOneThatSucceeds()
    {
        var isFirst = true;
        _host.Store.OnFlushedAsync = _ =>
        {
            if (!isFirst)
                return Task.CompletedTask;
            isFirst = false;
            throw new InvalidOperationException("The first attempt fails.");
        };

        await _host.DeliverAsync(_world.Append(_ada));

        Assert.Equal([(1, 1, 0L), (1, 1, 1L)], _announced);
    }
}
