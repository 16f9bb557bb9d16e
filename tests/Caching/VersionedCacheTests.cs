using DaprSocial.Dapr;
using DaprSocial.Testing;
using Microsoft.Extensions.Options;

namespace DaprSocial.Caching.Tests;

/// <summary>What the cache keeps, for how long, and what it is without a Redis.</summary>
public sealed class VersionedCacheTests : IAsyncLifetime
{
    private CacheWorld _world = null!;

    public async Task InitializeAsync() => _world = await CacheWorld.StartAsync();

    public Task DisposeAsync() => _world.DisposeAsync().AsTask();

    [Fact]
    public async Task Look_NothingThere_Misses() => Assert.Empty((await _world.LookAsync()).Entries);

    [Fact]
    public async Task Look_NoKeys_IsEmpty() =>
        Assert.Empty((await _world.Cache.LookAsync([], CancellationToken.None)).Entries);

    [Fact]
    public async Task Look_AfterAFill_FindsIt()
    {
        await _world.FillAsync(await _world.LookAsync(), CacheWorld.State(7));

        Assert.Equal((7, (byte)7), await _world.ReadAsync());
    }

    [Fact]
    public async Task Look_SeveralKeys_FindsThoseThatAreThere()
    {
        var (other, missing) = (_world.Key + "b", _world.Key + "c");
        var entries = new Dictionary<string, CacheEntry>
        {
            [_world.Key] = CacheWorld.State(1), [other] = CacheEntry.Tombstone(2),
        };
        await _world.Cache.PutAsync(entries, CancellationToken.None);

        var look = await _world.Cache.LookAsync([_world.Key, missing, other], CancellationToken.None);

        Assert.Equal([(_world.Key, 1L), (other, 2L)], look.Entries.Select(row => (row.Key, row.Value.Version)).Order());
        Assert.True(look.Entries[other].IsTombstone);
    }

    [Fact]
    public async Task Fill_OneKeyOfSeveralIsNewerThere_WritesTheOthers()
    {
        var other = _world.Key + "b";
        var look = await _world.Cache.LookAsync([_world.Key, other], CancellationToken.None);
        await _world.PutAsync(CacheEntry.Tombstone(2));

        await _world.Cache.FillAsync(
            look,
            new Dictionary<string, CacheEntry> { [_world.Key] = CacheWorld.State(1), [other] = CacheWorld.State(1) },
            CancellationToken.None);

        var entries = (await _world.Cache.LookAsync([_world.Key, other], CancellationToken.None)).Entries;
        Assert.Equal((2, 1), (entries[_world.Key].Version, entries[other].Version));
    }

    [Fact]
    public async Task Put_Always_SaysWhenItEndsToRedisToo()
    {
        await _world.PutAsync(CacheWorld.State(1));

        Assert.InRange(
            (await _world.Redis.KeyTimeToLiveAsync(_world.KeyInStore))!.Value, TimeSpan.FromSeconds(10),
            VersionedCache.Lifetime);
    }

    [Fact]
    public async Task Look_RedisKeepsItForTooLong_Misses()
    {
        await _world.PutAsync(CacheWorld.State(1));
        await _world.Redis.KeyPersistAsync(_world.KeyInStore);

        _world.Clock.Advance(VersionedCache.Lifetime);
        var expired = await _world.ReadAsync();
        _world.Clock.Advance(TimeSpan.FromSeconds(5));
        await _world.FillAsync(await _world.LookAsync(), CacheWorld.State(1));

        Assert.Equal((0, null), expired);
        Assert.Equal((1, (byte)1), await _world.ReadAsync());
    }

    [Theory]
    [InlineData("")]
    [InlineData("short")]
    [InlineData("long enough, but none of ours")]
    public async Task Look_BytesOfAnother_MissesAndIsFilled(string text)
    {
        await _world.Redis.HashSetAsync(_world.KeyInStore, [new("data", text), new("version", 4)]);

        var before = await _world.ReadAsync();
        await _world.FillAsync(await _world.LookAsync(), CacheWorld.State(1));

        Assert.Equal((0, null), before);
        Assert.Equal((1, (byte)1), await _world.ReadAsync());
    }

    [Fact]
    public async Task Cache_IsOff_NeitherFindsNorWrites()
    {
        await _world.PutAsync(CacheWorld.State(1));
        var off = CacheWorld.CreateCache(_world.Dapr, _world.Clock, CacheMode.Off);

        var look = await off.LookAsync([_world.Key], CancellationToken.None);
        await off.FillAsync(
            look, new Dictionary<string, CacheEntry> { [_world.Key] = CacheWorld.State(2) }, CancellationToken.None);
        await off.PutAsync(
            new Dictionary<string, CacheEntry> { [_world.Key] = CacheWorld.State(3) }, CancellationToken.None);

        Assert.Empty(look.Entries);
        Assert.Equal((1, (byte)1), await _world.ReadAsync());
    }

    [Fact]
    public async Task Sidecar_IsAway_Misses()
    {
        using var nobody = new DaprClient(Options.Create(new DaprOptions { GrpcPort = 1 }));
        var cache = CacheWorld.CreateCache(nobody, _world.Clock, CacheMode.On);

        var look = await cache.LookAsync([_world.Key], CancellationToken.None).InTimeAsync();
        await cache.FillAsync(
            look, new Dictionary<string, CacheEntry> { [_world.Key] = CacheWorld.State(1) }, CancellationToken.None);

        Assert.Empty(look.Entries);
        Assert.Equal((0, null), await _world.ReadAsync());
    }

    [Fact]
    public async Task Look_CallerGoes_Ends()
    {
        using var cancellation = new CancellationTokenSource();
        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => _world.Cache.LookAsync([_world.Key], cancellation.Token));
    }
}
