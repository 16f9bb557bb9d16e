using Dapr.Client.Autogen.Grpc.v1;
using DaprSocial.Sidecar.Mesh;
using Google.Protobuf.Collections;

namespace DaprSocial.Sidecar.PubSub;

/// <summary>Takes events from one app to the broker: checks, wraps, publishes.</summary>
internal sealed class EventPublisher(SidecarIdentity sidecar, InMemoryBroker broker, TimeProvider clock)
{
    private const string PartitionKey = "partitionKey";
    private const string RawPayload = "rawPayload";

    /// <summary>Completes when every subscriber's lane has taken the event.</summary>
    public async Task PublishAsync(Publication publication, CancellationToken cancellationToken)
    {
        Check(publication.PubSubName, publication.Topic);
        var message = new BrokerMessage(
            publication.PubSubName,
            publication.Topic,
            publication.Hint(PartitionKey),
            Encode(publication),
            publication.Metadata);
        await broker.PublishAsync(message, cancellationToken);
    }

    /// <summary>Publishes entries one after another, in their order; the first failure is the call's.</summary>
    public async Task PublishAsync(
        BulkPublishRequest request, string traceparent, string tracestate, CancellationToken cancellationToken)
    {
        Check(request.PubsubName, request.Topic);
        var ids = new HashSet<string>(request.Entries.Count, StringComparer.Ordinal);
        if (!request.Entries.All(entry => entry.EntryId.Length > 0 && ids.Add(entry.EntryId)))
            throw DaprErrors.EntryIdsMalformed(request.PubsubName, request.Topic);

        foreach (var entry in request.Entries)
        {
            var publication = new Publication(
                request.PubsubName,
                request.Topic,
                entry.Event.Memory,
                entry.ContentType,
                Merge(request.Metadata, entry.Metadata),
                traceparent,
                tracestate);
            await PublishAsync(publication, cancellationToken);
        }
    }

    // As daprd on Kafka: overrides in the request touch only entries with metadata of their own, where the entry's win;
    // but the request's partition key and rawPayload hold for all.
    private static Dictionary<string, string> Merge(MapField<string, string> request, MapField<string, string> entry)
    {
        var merged = new Dictionary<string, string>(entry, StringComparer.Ordinal);
        foreach (var (key, value) in request)
        {
            if (key is PartitionKey or RawPayload)
                merged[key] = value;
            else if (entry.Count > 0)
                merged.TryAdd(key, value);
        }

        return merged;
    }

    private void Check(string pubSubName, string topic)
    {
        if (pubSubName.Length == 0)
            throw DaprErrors.PubSubNameEmpty();
        if (!sidecar.HasPubSub(pubSubName))
            throw DaprErrors.PubSubNotFound(pubSubName);
        if (topic.Length == 0)
            throw DaprErrors.TopicEmpty(pubSubName);
    }

    private ReadOnlyMemory<byte> Encode(Publication publication)
    {
        if (IsRaw(publication))
            return publication.Data;
        var now = clock.GetUtcNow();
        if (!ContentType.IsCloudEvent(publication.ContentType))
            return CloudEventWriter.Write(publication, sidecar.AppId, now);
        return CloudEventWriter.Complete(publication, sidecar.AppId, now)
            ?? throw DaprErrors.CloudEventMalformed(publication.PubSubName);
    }

    // The spellings that Go's ParseBool takes.
    private static bool IsRaw(Publication publication) => publication.Hint(RawPayload) switch
    {
        null or "0" or "f" or "F" or "false" or "FALSE" or "False" => false,
        "1" or "t" or "T" or "true" or "TRUE" or "True" => true,
        var other => throw DaprErrors.MetadataMalformed(publication.PubSubName, other),
    };
}
