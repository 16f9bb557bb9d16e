using System.Text.Json;
using System.Text.Json.Serialization;
using DaprSocial.Posts.Domain;

namespace DaprSocial.Posts.Storage;

/// <summary>What a post shows as it stands in a column: always the same text for the same media.</summary>
internal sealed partial record AttachmentText(
    [property: JsonPropertyName("media")] string Media, [property: JsonPropertyName("alt")] string Alt)
{
    /// <returns>Empty for none.</returns>
    public static string Encode(IReadOnlyList<PostAttachment> media) => media.Count == 0
        ? ""
        : JsonSerializer.Serialize(
            media.Select(one => new AttachmentText(one.MediaId.ToString(), one.AltText)).ToList(),
            AttachmentTextContext.Default.ListAttachmentText);

    public static IReadOnlyList<PostAttachment> Decode(string text) => text.Length == 0
        ? []
        :
        [
            .. JsonSerializer.Deserialize(text, AttachmentTextContext.Default.ListAttachmentText)!
                .Select(one => new PostAttachment(new MediaId(Guid.Parse(one.Media)), one.Alt)),
        ];

    [JsonSerializable(typeof(List<AttachmentText>))]
    private sealed partial class AttachmentTextContext : JsonSerializerContext;
}
