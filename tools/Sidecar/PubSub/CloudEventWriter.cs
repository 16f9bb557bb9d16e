using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using DaprSocial.Identifiers;

namespace DaprSocial.Sidecar.PubSub;

/// <summary>Wraps a published event in a CloudEvent: JSON, attributes in alphabetical order, as daprd does.</summary>
internal static class CloudEventWriter
{
    public const string DefaultType = "com.dapr.event.sent";
    public const string SpecVersion = "1.0";
    private const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ssK";

    // Base64 and a dozen attributes; a guess that spares most envelopes a second buffer.
    private const int EnvelopeBytes = 512;
    private static readonly JsonWriterOptions _options = new()
    {
        SkipValidation = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The envelope of an event whose payload is anything but an envelope.</summary>
    public static ReadOnlyMemory<byte> Write(Publication publication, string appId, DateTimeOffset now)
    {
        var type = publication.ContentType.Length == 0 ? ContentType.Text : publication.ContentType;
        var traceparent =
            publication.Override("traceparent") ?? publication.Override("traceid") ?? publication.Traceparent;
        var buffer = new ArrayBufferWriter<byte>(EnvelopeBytes + (publication.Data.Length * 3 / 2));
        using var writer = new Utf8JsonWriter(buffer, _options);
        writer.WriteStartObject();
        WriteData(writer, type, publication.Data.Span);
        writer.WriteString("datacontenttype", type);
        if (Expiry(publication, now) is { } expiry)
            writer.WriteString("expiration", expiry);
        writer.WriteString("id", publication.Override("id") ?? NewId(now));
        writer.WriteString("pubsubname", publication.PubSubName);
        writer.WriteString("source", publication.Override("source") ?? appId);
        writer.WriteString("specversion", SpecVersion);
        if (publication.Override("subject") is { Length: > 0 } subject)
            writer.WriteString("subject", subject);
        writer.WriteString("time", Time(now));
        writer.WriteString("topic", publication.Topic);
        writer.WriteString("traceid", traceparent);
        writer.WriteString("traceparent", traceparent);
        writer.WriteString("tracestate", publication.Override("tracestate") ?? publication.Tracestate);
        writer.WriteString("type", publication.Override("type") ?? DefaultType);
        writer.WriteEndObject();
        writer.Flush();
        return buffer.WrittenMemory;
    }

    /// <summary>An id for an event that has none. daprd's are version 4; nobody can tell.</summary>
    public static string NewId(DateTimeOffset now) => Uuid.Create(now.ToUnixTimeMilliseconds()).ToString();

    /// <summary>
    /// Completes a payload that is an envelope already: fills what is missing, save an id, and always sets topic and
    /// component. Null when the payload is no JSON object.
    /// </summary>
    public static ReadOnlyMemory<byte>? Complete(Publication publication, string appId, DateTimeOffset now)
    {
        if (ParseObject(publication.Data.Span) is not { } envelope)
            return null;
        envelope["topic"] = publication.Topic;
        envelope["pubsubname"] = publication.PubSubName;
        Fill("source", appId);
        Fill("specversion", SpecVersion);
        Fill("time", Time(now));
        Fill("traceid", publication.Traceparent);
        Fill("traceparent", publication.Traceparent);
        Fill("tracestate", publication.Tracestate);
        Fill("type", DefaultType);
        if (Expiry(publication, now) is { } expiry)
            envelope["expiration"] = expiry;
        return JsonSerializer.SerializeToUtf8Bytes(envelope);

        void Fill(string attribute, string value)
        {
            if (!envelope.ContainsKey(attribute))
                envelope[attribute] = value;
        }
    }

    private static void WriteData(Utf8JsonWriter writer, string type, ReadOnlySpan<byte> data)
    {
        if (ContentType.IsBinary(type))
        {
            writer.WriteBase64String("data_base64", data);
        }
        else if (ContentType.IsJson(type) && IsJson(data))
        {
            writer.WritePropertyName("data");
            writer.WriteRawValue(data, skipInputValidation: true);
        }
        else
        {
            // By way of a string, so that bytes which are no UTF-8 become replacement characters.
            writer.WriteString("data", Encoding.UTF8.GetString(data));
        }
    }

    private static bool IsJson(ReadOnlySpan<byte> data)
    {
        try
        {
            var reader = new Utf8JsonReader(data);
            while (reader.Read())
                reader.Skip();
            return data.Length > 0;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static JsonObject? ParseObject(ReadOnlySpan<byte> data)
    {
        try
        {
            return JsonNode.Parse(data) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    // The in-memory component cannot expire messages by itself, so the envelope says when, and delivery looks.
    private static string? Expiry(Publication publication, DateTimeOffset now)
    {
        var hint = publication.Hint("ttlInSeconds");
        return int.TryParse(hint, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds > 0
            ? Time(now.AddSeconds(seconds))
            : null;
    }

    private static string Time(DateTimeOffset time) =>
        time.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture);
}
