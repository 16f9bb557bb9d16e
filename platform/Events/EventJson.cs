using System.Text;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace DaprSocial.Events;

/// <summary>
/// The encoding of events: proto3 JSON with enums as integers; readers ignore fields that they do not know.
/// </summary>
/// <remarks>
/// Integers as enums let a consumer pass on a value that it does not know; 64-bit numbers are strings in proto3 JSON.
/// </remarks>
public static class EventJson
{
    /// <summary>The payload of an event whose user was erased.</summary>
    public const string Erased = """{"erased":true}""";

    private static readonly JsonFormatter _formatter =
        new(JsonFormatter.Settings.Default.WithFormatEnumsAsIntegers(true));

    private static readonly JsonParser _parser = new(JsonParser.Settings.Default.WithIgnoreUnknownFields(true));

    /// <summary>Encodes a message.</summary>
    public static string Encode(IMessage message) => _formatter.Format(message);

    /// <summary>Encodes a message in UTF-8.</summary>
    public static ByteString EncodeUtf8(IMessage message) => ByteString.CopyFromUtf8(Encode(message));

    /// <summary>Decodes a message of a type that is known by its descriptor.</summary>
    /// <exception cref="InvalidProtocolBufferException">Not JSON of this message.</exception>
    /// <exception cref="InvalidJsonException">Not JSON.</exception>
    public static IMessage Decode(string json, MessageDescriptor type) => _parser.Parse(json, type);

    /// <summary>Decodes a message from UTF-8.</summary>
    /// <exception cref="InvalidProtocolBufferException">Not JSON of this message.</exception>
    /// <exception cref="InvalidJsonException">Not JSON.</exception>
    public static T Decode<T>(ByteString json)
        where T : IMessage<T>, new() =>
        _parser.Parse<T>(Encoding.UTF8.GetString(json.Span));
}
