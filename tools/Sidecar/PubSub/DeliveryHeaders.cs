using System.Buffers;
using Dapr.AppCallback.Autogen.Grpc.v1;
using Grpc.Core;

namespace DaprSocial.Sidecar.PubSub;

/// <summary>The metadata of a delivery: what the event was published with, as with Kafka's record headers.</summary>
internal static class DeliveryHeaders
{
    private static readonly SearchValues<char> _nameCharacters =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789._-");

    public static Metadata Of(BrokerMessage message, TopicEventRequest topicEvent, string? token)
    {
        var headers = new Metadata { { "pubsubname", message.PubSubName }, { "__topic", message.Topic } };
        if (message.PartitionKey is { } key)
            AddIfLegal(headers, "__key", key);
        foreach (var (name, value) in message.Metadata)
        {
            if (!name.Equals("content-type", StringComparison.OrdinalIgnoreCase)
                && !name.Equals("content-length", StringComparison.OrdinalIgnoreCase))
                AddIfLegal(headers, name.ToLowerInvariant(), value);
        }

        var attributes = topicEvent.Extensions.Fields;
        if (attributes.TryGetValue(DaprHeaders.Traceparent, out var trace) && trace.StringValue.Length > 0)
            AddIfLegal(headers, DaprHeaders.Traceparent, trace.StringValue);
        if (token is not null)
            headers.Add(DaprHeaders.ApiToken, token);
        return headers;
    }

    // daprd sends any value, and one that HTTP/2 forbids fails the delivery for ever (components-contrib#3507).
    private static void AddIfLegal(Metadata headers, string name, string value)
    {
        var legal = name.Length > 0
            && !name.AsSpan().ContainsAnyExcept(_nameCharacters)
            && !name.EndsWith(Metadata.BinaryHeaderSuffix, StringComparison.Ordinal)
            && !value.AsSpan().ContainsAnyExceptInRange(' ', '~');
        if (legal)
            headers.Add(name, value);
    }
}
