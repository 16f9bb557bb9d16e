using DaprSocial.Dapr;
using DaprSocial.Sidecar;
using DaprSocial.Testing;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace DaprSocial.Caching.Tests;

/// <summary>A cache in a real Redis, behind a sidecar with the component that ships for local use.</summary>
internal sealed class CacheWorld : IAsyncDisposable
{
    private const string AppId = "posts";

    // Calls end at deadlines by the tests' clock: on a slow machine a standing one would let them pass.
    private static readonly TimeSpan _lead = TimeSpan.FromSeconds(20);

    private readonly SidecarHost _sidecar;
    private readonly ConnectionMultiplexer _connection;

    private CacheWorld(SidecarHost sidecar, ConnectionMultiplexer connection)
    {
        (_sidecar, _connection) = (sidecar, connection);
        Clock = FakeTimeProvider.AtRealTime();
        Clock.Advance(_lead);
        Dapr = new DaprClient(Options.Create(new DaprOptions { GrpcPort = sidecar.PortsOf(AppId).Grpc }));
        Cache = CreateCache(Dapr, Clock, CacheMode.On);
    }

    public FakeTimeProvider Clock { get; }

    public DaprClient Dapr { get; }

    public VersionedCache Cache { get; }

    /// <summary>The server behind the cache.</summary>
    public IDatabase Redis => _connection.GetDatabase();

    /// <summary>A key that no other test has.</summary>
    public string Key { get; } = Guid.NewGuid().ToString("N");

    /// <summary>How the store names the key.</summary>
    public string KeyInStore => $"{AppId}||{Key}";

    public static async Task<CacheWorld> StartAsync()
    {
        var options = new SidecarHostOptions
        {
            Sidecars = [new SidecarOptions { AppId = AppId }],
            ComponentsDirectory = Path.Combine(RepositoryRoot(), "components", "local"),
            MetadataOverrides = new Dictionary<string, IReadOnlyDictionary<string, string>>
            {
                [StateStoreNames.Cache] = new Dictionary<string, string> { ["redisHost"] = TestRedis.Endpoint },
            },
        };
        return new CacheWorld(
            await SidecarHost.StartAsync(options, CancellationToken.None),
            await ConnectionMultiplexer.ConnectAsync(TestRedis.Endpoint));
    }

    public static VersionedCache CreateCache(
        DaprClient dapr, TimeProvider clock, CacheMode mode, ILogger<VersionedCache>? logger = null) => new(
        dapr, Options.Create(new CacheOptions { Cache = mode }), clock, new CacheMetrics(),
        logger ?? NullLogger<VersionedCache>.Instance);

    public Task<CacheLook> LookAsync() => Cache.LookAsync([Key], CancellationToken.None);

    public Task FillAsync(CacheLook look, CacheEntry entry) =>
        Cache.FillAsync(look, new Dictionary<string, CacheEntry> { [Key] = entry }, CancellationToken.None);

    public Task PutAsync(CacheEntry entry) =>
        Cache.PutAsync(new Dictionary<string, CacheEntry> { [Key] = entry }, CancellationToken.None);

    /// <summary>What is there, as version and first byte; 0 and nothing for a miss.</summary>
    public async Task<(long Version, byte? Value)> ReadAsync() =>
        (await LookAsync()).Entries.TryGetValue(Key, out var entry)
            ? (entry.Version, entry.IsTombstone ? null : entry.Value.Span[0])
            : (0, null);

    /// <summary>A state of an entity, whose value tells the version.</summary>
    public static CacheEntry State(long version) => new(version, new[] { (byte)version });

    public async ValueTask DisposeAsync()
    {
        Dapr.Dispose();
        _connection.Dispose();
        await _sidecar.DisposeAsync();
    }

    private static string RepositoryRoot()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(directory.FullName, "Directory.Packages.props")))
            directory = directory.Parent!;
        return directory.FullName;
    }
}
