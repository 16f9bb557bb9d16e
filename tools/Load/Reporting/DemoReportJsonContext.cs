using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace DaprSocial.Load.Reporting;

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, UseStringEnumConverter = true, WriteIndented = true)]
[JsonSerializable(typeof(DemoReport))]
internal sealed partial class DemoReportJsonContext : JsonSerializerContext
{
    /// <summary>Leaves texts in other scripts readable: the report goes to a file, not into a page.</summary>
    public static DemoReportJsonContext CreateReadable() => new(new JsonSerializerOptions(Default.Options)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
