using System.Collections.Frozen;
using Dapr.AppCallback.Autogen.Grpc.v1;
using Microsoft.Extensions.Logging;

namespace DaprSocial.Sidecar.PubSub;

/// <summary>
/// The pub/sub broker of a mesh (pubsub.in-memory). Each app is a consumer group of its own; events of one partition
/// key reach an app one after another and in order, others in parallel. It keeps nothing: an event without a subscriber
/// is gone. Two things differ from daprd's component: all sidecars share it, and failed events are delivered again
/// (<see cref="DeliveryOptions.RedeliveriesMax"/>).
/// </summary>
public sealed class InMemoryBroker : IAsyncDisposable
{
    private readonly DeliveryOptions _options;
    private readonly ILogger _logger;
    private readonly DrainBarrier _barrier = new();
    private readonly PauseSwitch _pauses = new();
    private readonly Courier _courier;
    private readonly Lock _gate = new();
    private readonly Dictionary<(string AppId, string PubSubName, string Topic), TopicSubscriber> _subscribers = [];
    private volatile FrozenDictionary<(string PubSubName, string Topic), TopicSubscriber[]> _byTopic =
        FrozenDictionary<(string, string), TopicSubscriber[]>.Empty;

    internal InMemoryBroker(DeliveryOptions options, IDeliveryFault? fault, TimeProvider clock, ILogger logger)
    {
        _options = options;
        _logger = logger;
        _courier = new Courier(options, fault, _pauses, _barrier, PublishAsync, clock, logger);
    }

    /// <summary>
    /// Completes when no delivery is queued, held, paused or in flight; at once when that is so already. What a
    /// subscriber publishes while it handles an event is waited for too.
    /// </summary>
    public Task DrainAsync(CancellationToken cancellationToken) => _barrier.WaitAsync(cancellationToken);

    /// <summary>Holds back deliveries of a topic until the answer is disposed; what is in flight goes on.</summary>
    public IDisposable PauseTopic(string topic) => _pauses.Hold(topic, appId: null);

    /// <summary>Holds back deliveries to an app until the answer is disposed; what is in flight goes on.</summary>
    public IDisposable PauseSubscriber(string appId) => _pauses.Hold(topic: null, appId);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var subscriber in Replace(static subscribers => subscribers.Clear()))
            await subscriber.DisposeAsync();
    }

    /// <summary>Completes when every subscriber has room for the event: a full lane slows publishers down.</summary>
    internal async Task PublishAsync(BrokerMessage message, CancellationToken cancellationToken)
    {
        if (!_byTopic.TryGetValue((message.PubSubName, message.Topic), out var subscribers))
            return;

        // Entered once for itself, so that the barrier stays shut between one subscriber and the next.
        _barrier.Enter();
        try
        {
            foreach (var subscriber in subscribers)
            {
                _barrier.Enter();
                await subscriber.EnqueueAsync(message, cancellationToken);
            }
        }
        finally
        {
            _barrier.Leave();
        }
    }

    /// <summary>Makes an app's wishes its only subscriptions. One that it had before keeps what is queued.</summary>
    internal async Task SubscribeAsync(string appId, IReadOnlyList<SubscriptionTerms> wishes)
    {
        var obsolete = Replace(subscribers =>
        {
            var wanted = wishes.ToDictionary(terms => (appId, terms.PubSubName, terms.Topic));
            foreach (var key in subscribers.Keys.Where(key => key.AppId == appId && !wanted.ContainsKey(key)).ToList())
                subscribers.Remove(key);
            foreach (var (key, terms) in wanted)
            {
                if (subscribers.TryGetValue(key, out var known))
                    known.Terms = terms;
                else
                    subscribers[key] = new TopicSubscriber(appId, terms, _options, _courier, _barrier, _logger);
            }
        });
        foreach (var subscriber in obsolete)
            await subscriber.DisposeAsync();
    }

    /// <summary>What an app is subscribed to.</summary>
    internal IReadOnlyList<TopicSubscription> SubscriptionsOf(string appId)
    {
        lock (_gate)
            return [.. _subscribers.Values.Where(one => one.AppId == appId).Select(one => one.Terms.Asked)];
    }

    // Answers the subscribers that the change has put out.
    private List<TopicSubscriber> Replace(
        Action<Dictionary<(string AppId, string PubSubName, string Topic), TopicSubscriber>> change)
    {
        lock (_gate)
        {
            var before = _subscribers.Values.ToList();
            change(_subscribers);
            _byTopic = _subscribers.Values
                .GroupBy(subscriber => (subscriber.Terms.PubSubName, subscriber.Terms.Topic))
                .ToFrozenDictionary(group => group.Key, group => group.ToArray());
            return [.. before.Except(_subscribers.Values)];
        }
    }
}
