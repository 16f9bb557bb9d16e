using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace DaprSocial.Faults.Running;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(FaultReport))]
internal sealed partial class FaultReportJsonContext : JsonSerializerContext
{
    /// <summary>Ids and arrows as they are, for a reader that is no browser.</summary>
    public static FaultReportJsonContext CreateReadable() => new(new JsonSerializerOptions(Default.Options)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
