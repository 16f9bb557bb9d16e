using System.Text.Json;
using System.Text.Json.Serialization;
using DaprSocial.Media.Domain;
using DaprSocial.Media.V1;

namespace DaprSocial.Media.Storage;

/// <summary>The variants of a medium as they stand in a column: always the same text for the same variants.</summary>
internal sealed partial record VariantText(
    [property: JsonPropertyName("variant")] int Variant, [property: JsonPropertyName("type")] int Type,
    [property: JsonPropertyName("hash")] string Hash, [property: JsonPropertyName("size")] long Size,
    [property: JsonPropertyName("width")] int Width, [property: JsonPropertyName("height")] int Height)
{
    public static string Encode(IReadOnlyList<MediumVariant> variants) => variants.Count == 0
        ? ""
        : JsonSerializer.Serialize(
            variants.Select(one => new VariantText(
                (int)one.Variant, (int)one.Type, one.Hash.Value, one.Size, one.Width, one.Height)).ToList(),
            VariantTextContext.Default.ListVariantText);

    public static IReadOnlyList<MediumVariant> Decode(string text) => text.Length == 0
        ? []
        : [.. JsonSerializer.Deserialize(text, VariantTextContext.Default.ListVariantText)!.Select(one =>
            new MediumVariant(
                (Variant)one.Variant, (MediaType)one.Type, BlobHash.Parse(one.Hash), one.Size, one.Width, one.Height))];

    [JsonSerializable(typeof(List<VariantText>))]
    private sealed partial class VariantTextContext : JsonSerializerContext;
}
