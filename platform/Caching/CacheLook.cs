using DaprSocial.Dapr;

namespace DaprSocial.Caching;

/// <summary>What the cache had at a time. What is read from the store afterwards may fill what it had not.</summary>
public sealed class CacheLook
{
    private readonly Dictionary<string, string> _etags;
    private readonly Dictionary<string, (CacheEntry Entry, DateTimeOffset GoodUntil)> _found = [];

    internal CacheLook(DateTimeOffset time, IReadOnlyList<StateEntry>? states)
    {
        Time = time;
        IsAway = states is null;
        _etags = (states ?? []).ToDictionary(state => state.Key, state => state.Etag);
        foreach (var state in states ?? [])
        {
            if (CacheEntry.Decode(state.Value) is { } found)
                _found[state.Key] = found;
        }

        Entries = _found.Where(row => row.Value.GoodUntil > time)
            .ToDictionary(row => row.Key, row => row.Value.Entry);
    }

    /// <summary>By key: what is known, tombstones among it. A key that is not here is a miss.</summary>
    public IReadOnlyDictionary<string, CacheEntry> Entries { get; }

    /// <summary>When it was looked, at the latest.</summary>
    internal DateTimeOffset Time { get; }

    /// <summary>True when there was no cache to look into.</summary>
    internal bool IsAway { get; }

    /// <summary>Whether what lies under a key is older than a version, or is of the same and has expired.</summary>
    internal bool IsOlder(string key, long version) =>
        !_found.TryGetValue(key, out var found) || found.Entry.Version < version
        || (found.Entry.Version == version && found.GoodUntil <= Time);

    /// <summary>
    /// Whether the etag can still only be that of the state that was seen. state.redis counts from 1 again after a key
    /// has expired: then a newer state may have the same etag.
    /// </summary>
    internal bool IsEtagSafe(string key, DateTimeOffset now, TimeSpan margin) =>
        !_found.TryGetValue(key, out var found) || now < found.GoodUntil - margin
        // It has outlived its time, so it has none in Redis.
        || Time > found.GoodUntil + margin;

    /// <summary>Empty when the key was missing.</summary>
    internal string EtagOf(string key) => _etags.GetValueOrDefault(key, "");
}
