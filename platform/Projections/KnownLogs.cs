using System.Collections.Concurrent;

namespace DaprSocial.Projections;

/// <summary>Which log each topic's checkpoints speak of.</summary>
internal sealed class KnownLogs(CheckpointStore store)
{
    private readonly ConcurrentDictionary<string, KnownLog> _logs = new();

    /// <summary>The topic's log as far as this process has learnt.</summary>
    public KnownLog? Find(string topic) => _logs.GetValueOrDefault(topic);

    /// <summary>
    /// Compares with the log that the checkpoints speak of; the first one seen is learnt, for all instances.
    /// </summary>
    /// <returns>False when the checkpoints speak of another log, or it lost events: rebuild the topic.</returns>
    public async ValueTask<bool> IsCurrentAsync(string topic, Guid logId, CancellationToken cancellationToken)
    {
        if (!_logs.TryGetValue(topic, out var known))
        {
            known = await store.LearnLogAsync(topic, logId, cancellationToken);
            _logs[topic] = known;
        }

        return known.Is(logId);
    }

    /// <summary>Reads what all instances have learnt.</summary>
    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        foreach (var log in await store.ReadLogsAsync(cancellationToken))
            _logs[log.Topic] = log;
    }
}
