using System.Collections.Concurrent;

namespace DaprSocial.Projections;

/// <summary>Which log each topic's checkpoints speak of.</summary>
internal sealed class KnownLogs(CheckpointStore store)
{
    private readonly ConcurrentDictionary<string, Guid> _logs = new();

    /// <summary>The topic's log as far as this process has learnt.</summary>
    public Guid? Find(string topic) => _logs.TryGetValue(topic, out var logId) ? logId : null;

    /// <summary>
    /// Compares with the log that the checkpoints speak of; the first one seen is learnt, for all instances.
    /// </summary>
    /// <returns>False when the checkpoints speak of another log: the topic must be rebuilt.</returns>
    public async ValueTask<bool> IsCurrentAsync(string topic, Guid logId, CancellationToken cancellationToken)
    {
        if (!_logs.TryGetValue(topic, out var known))
        {
            known = await store.LearnLogAsync(topic, logId, cancellationToken);
            _logs[topic] = known;
        }

        return known == logId;
    }

    /// <summary>Reads what all instances have learnt.</summary>
    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        foreach (var (topic, logId) in await store.ReadLogsAsync(cancellationToken))
            _logs[topic] = logId;
    }
}
