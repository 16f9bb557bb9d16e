using System.Globalization;
using Dapr.AppCallback.Autogen.Grpc.v1;
using Microsoft.Extensions.Logging;

namespace DaprSocial.Sidecar.PubSub;

/// <summary>
/// Brings one event to one subscriber and settles it: again after a failure, to the dead-letter topic when that
/// does not help. Nothing waits for ever, so that one bad event does not stop its lane.
/// </summary>
internal sealed class Courier(
    DeliveryOptions options,
    IDeliveryFault? fault,
    PauseSwitch pauses,
    DrainBarrier barrier,
    Func<BrokerMessage, CancellationToken, Task> publish,
    TimeProvider clock,
    ILogger logger)
{
    /// <summary>
    /// Completes when the next event of the lane may follow. A delivery that is held back for out of turn is added to
    /// <paramref name="held"/> instead.
    /// </summary>
    public async Task CarryAsync(
        TopicSubscriber subscriber, BrokerMessage message, List<Task> held, CancellationToken cancellationToken)
    {
        var plan = fault is null
            ? DeliveryPlan.Normal
            : await fault.PlanAsync(Describe(subscriber, message), cancellationToken);
        if (plan.Release is null)
        {
            await SettleAsync(subscriber, message, plan.Copies, cancellationToken);
            return;
        }

        barrier.Enter();
        held.RemoveAll(task => task.IsCompleted);
        held.Add(SettleHeldAsync(subscriber, message, plan, cancellationToken));
    }

    private static Delivery Describe(TopicSubscriber subscriber, BrokerMessage message) =>
        new(message.PubSubName, message.Topic, message.PartitionKey, message.Payload, subscriber.AppId);

    private async Task SettleHeldAsync(
        TopicSubscriber subscriber, BrokerMessage message, DeliveryPlan plan, CancellationToken cancellationToken)
    {
        try
        {
            await plan.Release!.WaitAsync(cancellationToken);
            await SettleAsync(subscriber, message, plan.Copies, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The subscription ends with the delivery still held: it is lost, as it would be with the process.
        }
        finally
        {
            barrier.Leave();
        }
    }

    private async Task SettleAsync(
        TopicSubscriber subscriber, BrokerMessage message, int copies, CancellationToken cancellationToken)
    {
        for (var copy = 0; copy < copies; copy++)
            await SettleAsync(subscriber, message, cancellationToken);
    }

    private async Task SettleAsync(
        TopicSubscriber subscriber, BrokerMessage message, CancellationToken cancellationToken)
    {
        var delay = options.RedeliveryDelay;
        for (var redeliveries = 0; ; redeliveries++, delay *= 2)
        {
            await pauses.WaitAsync(message.Topic, subscriber.AppId, cancellationToken);
            var outcome = await OfferAsync(subscriber.Terms, message, cancellationToken);
            // A failure in the moment of the end is no verdict: nothing is dead-lettered then.
            cancellationToken.ThrowIfCancellationRequested();
            switch (outcome)
            {
                case DeliveryOutcome.Acknowledged:
                    return;
                case DeliveryOutcome.Unhandled:
                    logger.EventDropped(message.Topic, subscriber.AppId, outcome);
                    return;
                case DeliveryOutcome.Failed when redeliveries < options.RedeliveriesMax:
                    logger.EventRedelivered(message.Topic, subscriber.AppId, redeliveries + 1);
                    await Task.Delay(delay, clock, cancellationToken);
                    break;
                default:
                    await BuryAsync(subscriber, message, outcome, cancellationToken);
                    return;
            }
        }
    }

    private async Task<DeliveryOutcome> OfferAsync(
        SubscriptionTerms terms, BrokerMessage message, CancellationToken cancellationToken)
    {
        if ((terms.IsRaw ? CloudEventReader.Wrap(message, clock.GetUtcNow()) : message.Event) is not { } topicEvent)
            return DeliveryOutcome.Unreadable;
        if (IsExpired(topicEvent))
            return DeliveryOutcome.Rejected;
        if (terms.Path.Length > 0)
            topicEvent = new TopicEventRequest(topicEvent) { Path = terms.Path };
        return await terms.App.OfferAsync(message, topicEvent, cancellationToken);
    }

    private bool IsExpired(TopicEventRequest topicEvent) =>
        topicEvent.Extensions.Fields.TryGetValue("expiration", out var expiration)
        && DateTimeOffset.TryParse(
            expiration.StringValue, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
        && time <= clock.GetUtcNow();

    private async Task BuryAsync(
        TopicSubscriber subscriber, BrokerMessage message, DeliveryOutcome outcome, CancellationToken cancellationToken)
    {
        if (subscriber.Terms.DeadLetterTopic is not { Length: > 0 } deadLetterTopic)
        {
            logger.EventDropped(message.Topic, subscriber.AppId, outcome);
            return;
        }

        logger.EventDeadLettered(message.Topic, subscriber.AppId, deadLetterTopic, outcome);
        await publish(message.To(deadLetterTopic), cancellationToken);
    }
}
