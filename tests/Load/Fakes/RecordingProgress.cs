using System.Collections.Concurrent;

namespace DaprSocial.Load.Tests.Fakes;

/// <summary>Remembers what was reported, and may act on it.</summary>
internal sealed class RecordingProgress(Action<string, long>? onReport = null) : IDemoProgress
{
    public ConcurrentDictionary<string, (long Done, long Total)> Stages { get; } = new();

    public void Report(string stage, long done, long total)
    {
        Stages.AddOrUpdate(stage, (done, total), (_, before) => (Math.Max(done, before.Done), total));
        onReport?.Invoke(stage, done);
    }
}
