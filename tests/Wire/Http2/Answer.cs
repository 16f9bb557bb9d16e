using System.Globalization;
using Grpc.Core;

namespace DaprSocial.Wire.Tests.Http2;

/// <summary>What came back on a stream until it, or its connection, ended.</summary>
internal sealed class Answer
{
    public Dictionary<string, string> Fields { get; } = [];

    public List<byte> Body { get; } = [];

    /// <summary>Error code of a RST_STREAM; NO_ERROR only says that the rest of the request is not wanted.</summary>
    public int? Reset { get; set; }

    /// <summary>Error code of a GOAWAY; null when there was none.</summary>
    public int? GoAway { get; set; }

    /// <summary>The peer closed the connection.</summary>
    public bool IsClosed { get; set; }

    public int HttpStatus => int.Parse(Fields[":status"], CultureInfo.InvariantCulture);

    /// <summary>As in headers or trailers; null when there is none.</summary>
    public StatusCode? Status => Fields.TryGetValue("grpc-status", out var status)
        ? (StatusCode)int.Parse(status, CultureInfo.InvariantCulture)
        : null;

    public string Message => Uri.UnescapeDataString(Fields.GetValueOrDefault("grpc-message", ""));

    public override string ToString() =>
        $"{string.Join(", ", Fields.Select(field => $"{field.Key}={field.Value}"))}; {Body.Count} bytes; "
        + $"reset {Reset}, goaway {GoAway}, closed {IsClosed}";
}
