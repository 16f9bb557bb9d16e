using DaprSocial.Dapr;
using Grpc.Core;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace DaprSocial.Caching;

/// <summary>
/// States of entities in a Dapr state store, where an older one never takes the place of a newer one. Whatever goes
/// wrong with it is a miss, never an error.
/// </summary>
/// <remarks>
/// Every write compares versions and is refused if anybody has written the key since. So a reader that was held up
/// between reading the store and filling the cache cannot undo what happened meanwhile: it finds the newer state, or
/// the tombstone. A fill that might come after these have expired is dropped. Should Redis lose them before, a stale
/// entry lasts for one lifetime at most.
/// </remarks>
public sealed class VersionedCache
{
    /// <summary>How often a write is tried again that others were faster than.</summary>
    private const int RereadsMax = 3;

    // It stands between a read and its answer, so it has to be much quicker than what it saves.
    private static readonly TimeSpan _timeout = TimeSpan.FromMilliseconds(250);

    // How long a cache that is away is left alone, so that its timeout does not add to every read.
    private static readonly TimeSpan _pause = TimeSpan.FromSeconds(1);

    // By how much the clocks of instances and of Redis may differ.
    private static readonly TimeSpan _margin = TimeSpan.FromSeconds(2);

    private readonly DaprClient _dapr;
    private readonly TimeProvider _clock;
    private readonly CacheMetrics _metrics;
    private readonly ILogger<VersionedCache> _logger;

    // In ticks of UTC; 0 when the cache is not away.
    private long _awayUntil;

    internal VersionedCache(
        DaprClient dapr, IOptions<CacheOptions> options, TimeProvider clock, CacheMetrics metrics,
        ILogger<VersionedCache> logger)
    {
        (_dapr, _clock, _metrics, _logger) = (dapr, clock, metrics, logger);
        IsOn = options.Value.Cache == CacheMode.On;
    }

    /// <summary>How long an entry is good at most.</summary>
    public static TimeSpan Lifetime { get; } = TimeSpan.FromSeconds(60);

    /// <summary>Whether this process uses the cache; if not, every look misses and nothing is written.</summary>
    public bool IsOn { get; }

    /// <summary>Looks keys up.</summary>
    public async Task<CacheLook> LookAsync(IReadOnlyList<string> keys, CancellationToken cancellationToken)
    {
        var look = await ReadAsync(keys, cancellationToken);
        _metrics.Hits.Add(look.Entries.Count);
        _metrics.Misses.Add(keys.Count - look.Entries.Count);
        return look;
    }

    /// <summary>Puts in what was read from the store after a look, where nothing newer is by now.</summary>
    public async Task FillAsync(
        CacheLook look, IReadOnlyDictionary<string, CacheEntry> entries, CancellationToken cancellationToken)
    {
        if (!IsOn)
            return;
        var now = _clock.GetUtcNow();
        var safe = entries.Where(entry => now < look.Time + Lifetime / 2 && look.IsEtagSafe(entry.Key, now, _margin))
            .ToDictionary();
        _metrics.NotWritten.Add(entries.Count - safe.Count);
        await WriteAsync(look, safe, cancellationToken);
    }

    /// <summary>Puts in what has just become the state of entities, for example that they are deleted.</summary>
    public async Task PutAsync(IReadOnlyDictionary<string, CacheEntry> entries, CancellationToken cancellationToken)
    {
        if (IsOn && entries.Count > 0)
            await WriteAsync(await ReadAsync([.. entries.Keys], cancellationToken), entries, cancellationToken);
    }

    private async Task WriteAsync(
        CacheLook look, IReadOnlyDictionary<string, CacheEntry> entries, CancellationToken cancellationToken)
    {
        for (var rereads = 0; !look.IsAway; rereads++)
        {
            var writes = WritesOf(entries, look);
            if (writes.Count == 0 || await TrySaveAsync(writes, cancellationToken))
                return;
            if (rereads == RereadsMax)
                break;
            look = await ReadAsync([.. writes.Select(write => write.Key)], cancellationToken);
            entries = writes.ToDictionary(write => write.Key, write => entries[write.Key]);
        }

        _metrics.NotWritten.Add(entries.Count);
    }

    private async Task<CacheLook> ReadAsync(IReadOnlyList<string> keys, CancellationToken cancellationToken)
    {
        var now = _clock.GetUtcNow();
        if (!IsOn || keys.Count == 0)
            return new CacheLook(now, null);
        var states = await TryAsync(
            deadline => _dapr.GetBulkStateAsync(StateStoreNames.Cache, keys, deadline, cancellationToken),
            cancellationToken);
        return new CacheLook(now, states);
    }

    /// <returns>False when others were faster, or the cache is away.</returns>
    private async Task<bool> TrySaveAsync(IReadOnlyList<StateEntry> writes, CancellationToken cancellationToken)
    {
        var isSaved = await TryAsync<object>(
            async deadline => await _dapr.TrySaveStateAsync(
                StateStoreNames.Cache, writes, Lifetime, deadline, cancellationToken),
            cancellationToken);
        return isSaved is true;
    }

    /// <returns>Null when the cache is away.</returns>
    private async Task<T?> TryAsync<T>(Func<DateTime, Task<T>> callAsync, CancellationToken cancellationToken)
        where T : class
    {
        var now = _clock.GetUtcNow().UtcDateTime;
        if (Interlocked.Read(ref _awayUntil) > now.Ticks)
            return null;
        try
        {
            var answer = await callAsync(now + _timeout);
            if (Interlocked.Exchange(ref _awayUntil, 0) != 0)
                CacheLog.Back(_logger);
            return answer;
        }
        catch (RpcException exception)
        {
            cancellationToken.ThrowIfCancellationRequested();
            // Once each time, not for every read.
            if (Interlocked.Exchange(ref _awayUntil, (now + _pause).Ticks) == 0)
                CacheLog.Away(_logger, exception);
            return null;
        }
    }

    private List<StateEntry> WritesOf(IReadOnlyDictionary<string, CacheEntry> entries, CacheLook look)
    {
        var goodUntil = _clock.GetUtcNow() + Lifetime;
        return
        [
            .. entries.Where(entry => look.IsOlder(entry.Key, entry.Value.Version)).Select(
                entry => new StateEntry(entry.Key, entry.Value.Encode(goodUntil), look.EtagOf(entry.Key))),
        ];
    }
}
