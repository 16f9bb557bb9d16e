namespace DaprSocial.Sidecar.PubSub;

/// <summary>One event that an app asks to publish, single or out of a bulk.</summary>
/// <param name="PubSubName">The pub/sub component's name.</param>
/// <param name="Topic">The topic.</param>
/// <param name="Data">The payload.</param>
/// <param name="ContentType">The payload's media type; empty counts as text.</param>
/// <param name="Metadata">The request's hints; keys of the envelope's overrides are of any case.</param>
/// <param name="Traceparent">The caller's trace; empty when it has none.</param>
/// <param name="Tracestate">What the caller's trace carries along.</param>
internal sealed record Publication(
    string PubSubName,
    string Topic,
    ReadOnlyMemory<byte> Data,
    string ContentType,
    IReadOnlyDictionary<string, string> Metadata,
    string Traceparent,
    string Tracestate)
{
    public string? Hint(string key) => Metadata.GetValueOrDefault(key);

    /// <summary>An override such as cloudevent.id; null when the request has none.</summary>
    public string? Override(string attribute)
    {
        foreach (var (key, value) in Metadata)
        {
            if (key.Length == Prefix.Length + attribute.Length
                && key.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase)
                && key.EndsWith(attribute, StringComparison.OrdinalIgnoreCase))
                return value;
        }

        return null;
    }

    private const string Prefix = "cloudevent.";
}
