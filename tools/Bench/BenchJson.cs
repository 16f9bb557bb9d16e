using System.Text.Json;

namespace DaprSocial.Bench;

internal static class BenchJson
{
    private static readonly JsonSerializerOptions _options = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public static string Write<T>(T report) => JsonSerializer.Serialize(report, _options);
}
