using System.Text.Json;
using Dapr.AppCallback.Autogen.Grpc.v1;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

namespace DaprSocial.Sidecar.PubSub;

/// <summary>Turns what the broker holds into what an app is sent.</summary>
internal static class CloudEventReader
{
    /// <summary>Reads a JSON CloudEvent; null when the payload is none.</summary>
    public static TopicEventRequest? Read(BrokerMessage message)
    {
        try
        {
            using var document = JsonDocument.Parse(message.Payload);
            return document.RootElement.ValueKind == JsonValueKind.Object ? Map(message, document.RootElement) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Wraps any bytes for a raw subscription; as with daprd, each wrapping has an id of its own.</summary>
    public static TopicEventRequest Wrap(BrokerMessage message, DateTimeOffset now) => new()
    {
        Id = CloudEventWriter.NewId(now),
        Source = "Dapr",
        Type = CloudEventWriter.DefaultType,
        SpecVersion = CloudEventWriter.SpecVersion,
        DataContentType = ContentType.Binary,
        Data = ByteString.CopyFrom(message.Payload.Span),
        Topic = message.Topic,
        PubsubName = message.PubSubName,
        Extensions = new Struct
        {
            Fields =
            {
                ["topic"] = Value.ForString(message.Topic),
                ["pubsubname"] = Value.ForString(message.PubSubName),
            },
        },
    };

    private static TopicEventRequest Map(BrokerMessage message, JsonElement envelope)
    {
        var topicEvent = new TopicEventRequest
        {
            Topic = message.Topic,
            PubsubName = message.PubSubName,
            Extensions = new Struct(),
        };
        JsonElement data = default;
        ByteString? binary = null;
        foreach (var attribute in envelope.EnumerateObject())
        {
            switch (attribute.Name)
            {
                case "id": topicEvent.Id = Text(attribute.Value); break;
                case "source": topicEvent.Source = Text(attribute.Value); break;
                case "type": topicEvent.Type = Text(attribute.Value); break;
                case "specversion": topicEvent.SpecVersion = Text(attribute.Value); break;
                case "datacontenttype": topicEvent.DataContentType = Text(attribute.Value); break;
                case "data": data = attribute.Value; break;
                case "data_base64": binary = Bytes(attribute.Value); break;
                default: topicEvent.Extensions.Fields[attribute.Name] = Extension(attribute.Value); break;
            }
        }

        topicEvent.Data = binary ?? Data(topicEvent.DataContentType, data);
        return topicEvent;
    }

    // daprd copies JSON and strings; data of any other media type arrives empty, however it was published.
    private static ByteString Data(string type, JsonElement data) => data.ValueKind switch
    {
        JsonValueKind.Undefined => ByteString.Empty,
        _ when ContentType.IsJson(type) || ContentType.IsCloudEvent(type) =>
            UnsafeByteOperations.UnsafeWrap(JsonRewriter.Rewrite(data)),
        JsonValueKind.String when ContentType.IsText(type) => ByteString.CopyFromUtf8(data.GetString()!),
        _ => ByteString.Empty,
    };

    private static ByteString Bytes(JsonElement value) =>
        value.ValueKind == JsonValueKind.String && value.TryGetBytesFromBase64(out var bytes)
            ? UnsafeByteOperations.UnsafeWrap(bytes)
            : ByteString.Empty;

    private static string Text(JsonElement value) =>
        value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();

    private static Value Extension(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => Value.ForString(value.GetString()!),
        JsonValueKind.Number => Value.ForNumber(value.GetDouble()),
        JsonValueKind.True => Value.ForBool(true),
        JsonValueKind.False => Value.ForBool(false),
        JsonValueKind.Array => Value.ForList([.. value.EnumerateArray().Select(Extension)]),
        JsonValueKind.Object => Value.ForStruct(new Struct
        {
            Fields = { value.EnumerateObject().ToDictionary(field => field.Name, field => Extension(field.Value)) },
        }),
        _ => Value.ForNull(),
    };
}
