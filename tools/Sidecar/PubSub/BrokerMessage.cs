using Dapr.AppCallback.Autogen.Grpc.v1;

namespace DaprSocial.Sidecar.PubSub;

/// <summary>An event as the broker holds it: what Kafka would keep as value, key and headers.</summary>
internal sealed class BrokerMessage(
    string pubSubName,
    string topic,
    string? partitionKey,
    ReadOnlyMemory<byte> payload,
    IReadOnlyDictionary<string, string> metadata)
{
    private TopicEventRequest? _event;

    public string PubSubName => pubSubName;

    public string Topic => topic;

    public string? PartitionKey => partitionKey;

    public ReadOnlyMemory<byte> Payload => payload;

    public IReadOnlyDictionary<string, string> Metadata => metadata;

    /// <summary>
    /// The CloudEvent in the payload; null when there is none. Read once for all subscribers, who must not change it.
    /// </summary>
    public TopicEventRequest? Event => _event ??= CloudEventReader.Read(this);

    /// <summary>The same bytes under another topic.</summary>
    public BrokerMessage To(string deadLetterTopic) =>
        new(pubSubName, deadLetterTopic, partitionKey, payload, metadata);
}
