namespace DaprSocial.Sidecar.PubSub;

/// <summary>One event on its way to one subscriber.</summary>
/// <param name="PubSubName">The pub/sub component's name.</param>
/// <param name="Topic">The topic.</param>
/// <param name="PartitionKey">The key that keeps events in order; null when published without.</param>
/// <param name="Payload">What the broker holds: the CloudEvent as JSON, or the bytes of a raw event.</param>
/// <param name="SubscriberAppId">The app that the event goes to.</param>
public sealed record Delivery(
    string PubSubName,
    string Topic,
    string? PartitionKey,
    ReadOnlyMemory<byte> Payload,
    string SubscriberAppId);
