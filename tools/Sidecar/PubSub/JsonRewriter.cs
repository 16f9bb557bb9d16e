using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;

namespace DaprSocial.Sidecar.PubSub;

/// <summary>
/// Writes a JSON value anew as daprd does between publisher and subscriber: members sorted, white space gone, numbers
/// through a double. Integers above 2^53 lose precision there (dapr/dapr#3837), so they must lose it here too.
/// </summary>
internal static class JsonRewriter
{
    private const double ExactIntegerMax = 1L << 53;

    // Escapes <, > and & as Go's encoder does, and leaves text outside ASCII alone.
    private static readonly JsonWriterOptions _options = new()
    {
        SkipValidation = true,
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
    };

    public static ReadOnlyMemory<byte> Rewrite(JsonElement value)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var writer = new Utf8JsonWriter(buffer, _options))
            Write(writer, value);
        return buffer.WrittenMemory;
    }

    private static void Write(Utf8JsonWriter writer, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteStartObject();
                foreach (var member in value.EnumerateObject().OrderBy(member => member.Name, StringComparer.Ordinal))
                {
                    writer.WritePropertyName(member.Name);
                    Write(writer, member.Value);
                }

                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var item in value.EnumerateArray())
                    Write(writer, item);
                writer.WriteEndArray();
                break;
            case JsonValueKind.Number:
                WriteNumber(writer, value.GetDouble());
                break;
            default:
                value.WriteTo(writer);
                break;
        }
    }

    private static void WriteNumber(Utf8JsonWriter writer, double number)
    {
        if (double.IsInteger(number) && Math.Abs(number) <= ExactIntegerMax)
            writer.WriteNumberValue((long)number);
        else
            writer.WriteNumberValue(number);
    }
}
