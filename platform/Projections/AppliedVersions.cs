using System.Collections.Concurrent;

namespace DaprSocial.Projections;

/// <summary>What this process knows to be applied, so that most waits need no database. Versions only grow.</summary>
public sealed class AppliedVersions
{
    // About 100 bytes each; above this the whole is forgotten, which costs reads, not answers.
    private const int StreamsMax = 200_000;

    private readonly ConcurrentDictionary<StreamKey, long> _versions = new();
    // Counted here, and roughly: the dictionary's own count takes all of its locks, 40 µs when it is large.
    private int _count;
    private volatile TaskCompletionSource _advanced = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The greatest version known to be applied; 0 when nothing is known.</summary>
    public long Get(StreamKey key) => _versions.GetValueOrDefault(key);

    /// <summary>True when the stream's checkpoint is known to exist.</summary>
    public bool Knows(StreamKey key) => _versions.ContainsKey(key);

    /// <summary>Completes at the next <see cref="Advanced"/>.</summary>
    public Task NextAdvance => _advanced.Task;

    /// <summary>Notes a version that was committed.</summary>
    public void Record(StreamKey key, long version)
    {
        if (Volatile.Read(ref _count) >= StreamsMax)
        {
            _versions.Clear();
            Volatile.Write(ref _count, 0);
        }

        if (_versions.TryAdd(key, version))
            Interlocked.Increment(ref _count);
        else
            _versions.AddOrUpdate(key, version, (_, known) => Math.Max(known, version));
    }

    /// <summary>Wakes those who wait for versions.</summary>
    public void Advanced() =>
        Interlocked.Exchange(ref _advanced, new(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();
}
