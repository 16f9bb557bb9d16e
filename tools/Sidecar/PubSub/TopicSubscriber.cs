using Microsoft.Extensions.Logging;

namespace DaprSocial.Sidecar.PubSub;

/// <summary>
/// One app's subscription to one topic: as many lanes as a Kafka topic would have partitions, in parallel. It outlives
/// a restart of its app, with what is queued, as a consumer group does.
/// </summary>
internal sealed class TopicSubscriber : IAsyncDisposable
{
    private readonly Lane[] _lanes;
    private uint _keyless;
    private volatile SubscriptionTerms _terms;

    public TopicSubscriber(
        string appId,
        SubscriptionTerms terms,
        DeliveryOptions options,
        Courier courier,
        DrainBarrier barrier,
        ILogger logger)
    {
        AppId = appId;
        _terms = terms;
        _lanes = new Lane[options.LaneCount];
        for (var index = 0; index < _lanes.Length; index++)
            _lanes[index] = new Lane(this, courier, barrier, options.LaneCapacity, logger);
    }

    public string AppId { get; }

    public SubscriptionTerms Terms
    {
        get => _terms;
        set => _terms = value;
    }

    public ValueTask EnqueueAsync(BrokerMessage message, CancellationToken cancellationToken) =>
        LaneOf(message.PartitionKey).EnqueueAsync(message, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        foreach (var lane in _lanes)
            await lane.DisposeAsync();
    }

    // FNV-1a, not GetHashCode: which keys share a lane is then the same in every run.
    private Lane LaneOf(string? key)
    {
        if (key is null)
            return _lanes[Interlocked.Increment(ref _keyless) % _lanes.Length];
        var hash = 2166136261u;
        foreach (var character in key)
            hash = (hash ^ character) * 16777619u;
        return _lanes[hash % _lanes.Length];
    }
}
