namespace DaprSocial.Caching.Tests;

/// <summary>
/// A reader looks into the cache and reads the store, is held up there, and fills the cache when the store is newer.
/// What it read must not take the place of what is newer.
/// </summary>
public sealed class StaleReaderTests : IAsyncLifetime
{
    private CacheWorld _world = null!;

    public async Task InitializeAsync() => _world = await CacheWorld.StartAsync();

    public Task DisposeAsync() => _world.DisposeAsync().AsTask();

    [Fact]
    public async Task Fill_KeyWasMissingAndIsDeletedMeanwhile_LeavesTheTombstone()
    {
        var look = await _world.LookAsync();
        await _world.PutAsync(CacheEntry.Tombstone(2));

        await _world.FillAsync(look, CacheWorld.State(1));

        Assert.Equal((2, null), await _world.ReadAsync());
    }

    [Fact]
    public async Task Fill_KeyWasMissingAndIsFilledMeanwhile_LeavesTheNewer()
    {
        var (look, other) = (await _world.LookAsync(), await _world.LookAsync());
        await _world.FillAsync(other, CacheWorld.State(2));

        await _world.FillAsync(look, CacheWorld.State(1));

        Assert.Equal((2, (byte)2), await _world.ReadAsync());
    }

    [Fact]
    public async Task Fill_KeyWasPresentAndIsDeletedMeanwhile_LeavesTheTombstone()
    {
        await _world.PutAsync(CacheWorld.State(1));
        var look = await _world.LookAsync();
        await _world.PutAsync(CacheEntry.Tombstone(3));

        await _world.FillAsync(look, CacheWorld.State(2));

        Assert.Equal((3, null), await _world.ReadAsync());
    }

    [Fact]
    public async Task Fill_KeyWasPresentAndIsPutMeanwhile_LeavesTheNewer()
    {
        await _world.PutAsync(CacheWorld.State(1));
        var look = await _world.LookAsync();
        await _world.PutAsync(CacheWorld.State(3));

        await _world.FillAsync(look, CacheWorld.State(2));

        Assert.Equal((3, (byte)3), await _world.ReadAsync());
    }

    [Fact]
    public async Task Fill_KeyWasPresentAndIsPutOlderMeanwhile_IsWritten()
    {
        await _world.PutAsync(CacheWorld.State(1));
        var look = await _world.LookAsync();
        await _world.PutAsync(CacheWorld.State(2));

        await _world.FillAsync(look, CacheWorld.State(3));

        Assert.Equal((3, (byte)3), await _world.ReadAsync());
    }

    [Fact]
    public async Task Fill_KeyWasPresentAndWasNewerAlready_LeavesIt()
    {
        await _world.PutAsync(CacheEntry.Tombstone(2));

        await _world.FillAsync(await _world.LookAsync(), CacheWorld.State(1));

        Assert.Equal((2, null), await _world.ReadAsync());
    }

    [Fact]
    public async Task Fill_AfterTheTombstoneMayHaveExpired_IsDropped()
    {
        var look = await _world.LookAsync();
        _world.Clock.Advance(VersionedCache.Lifetime / 2);

        await _world.FillAsync(look, CacheWorld.State(1));

        Assert.Equal((0, null), await _world.ReadAsync());
    }

    [Fact]
    public async Task Fill_KeyExpiredAndCameBackWithTheSameEtag_LeavesTheTombstone()
    {
        await _world.PutAsync(CacheWorld.State(1));
        _world.Clock.Advance(VersionedCache.Lifetime - TimeSpan.FromSeconds(3));
        var look = await _world.LookAsync();
        _world.Clock.Advance(TimeSpan.FromSeconds(3));
        await _world.Redis.KeyDeleteAsync(_world.KeyInStore);
        await _world.PutAsync(CacheEntry.Tombstone(3));

        await _world.FillAsync(look, CacheWorld.State(2));

        Assert.Equal("1", (string?)await _world.Redis.HashGetAsync(_world.KeyInStore, "version"));
        Assert.Equal((3, null), await _world.ReadAsync());
    }

    [Fact]
    public async Task Fill_ManyAtTheSameTime_TheNewestStaysAndNobodySeesItGoBack()
    {
        var looks = await Task.WhenAll(Enumerable.Range(1, 24).Select(async version =>
        {
            var look = await _world.LookAsync();
            await _world.FillAsync(look, CacheWorld.State(version));
            // A fill may give up when others are always faster; it may never leave something older.
            var (seen, again) = (await _world.ReadAsync(), await _world.ReadAsync());
            Assert.True(again.Version >= seen.Version, $"{again.Version} after {seen.Version}");
            return seen.Version;
        }));

        await _world.PutAsync(CacheWorld.State(25));

        Assert.All(looks, version => Assert.InRange(version, 1, 24));
        Assert.Equal((25, (byte)25), await _world.ReadAsync());
    }
}
