namespace DaprSocial.Sidecar.PubSub;

/// <summary>daprd's view of media types: parameters and case do not count, and there is no "+json" logic.</summary>
internal static class ContentType
{
    public const string Json = "application/json";
    public const string Text = "text/plain";
    public const string Binary = "application/octet-stream";
    public const string CloudEventsJson = "application/cloudevents+json";
    private const string CloudEventsProtobuf = "application/cloudevents+protobuf";

    public static bool IsJson(string type) => Is(type, Json);

    public static bool IsCloudEvent(string type) => Is(type, CloudEventsJson);

    public static bool IsBinary(string type) => Is(type, Binary) || Is(type, CloudEventsProtobuf);

    public static bool IsText(string type) =>
        Bare(type).StartsWith("text/", StringComparison.OrdinalIgnoreCase) || Is(type, "application/xml");

    private static bool Is(string type, string expected) =>
        Bare(type).Equals(expected, StringComparison.OrdinalIgnoreCase);

    private static ReadOnlySpan<char> Bare(string type)
    {
        var parameters = type.IndexOf(';');
        return (parameters < 0 ? type.AsSpan() : type.AsSpan(0, parameters)).Trim();
    }
}
