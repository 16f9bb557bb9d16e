using DaprSocial.Media.V1;

namespace DaprSocial.Media.Domain;

/// <summary>The names of the types that are taken.</summary>
internal static class ContentTypes
{
    public static string NameOf(MediaType type) => type switch
    {
        MediaType.Jpeg => "image/jpeg",
        MediaType.Png => "image/png",
        MediaType.Gif => "image/gif",
        MediaType.Webp => "image/webp",
        MediaType.Mp4 => "video/mp4",
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "No medium has this type."),
    };

    /// <exception cref="ArgumentOutOfRangeException">No type has this name.</exception>
    public static MediaType TypeOf(string name) => name switch
    {
        "image/jpeg" => MediaType.Jpeg,
        "image/png" => MediaType.Png,
        "image/gif" => MediaType.Gif,
        "image/webp" => MediaType.Webp,
        "video/mp4" => MediaType.Mp4,
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "No medium has this type."),
    };

    /// <summary>Whether a declared type names a type; so does none.</summary>
    public static bool Allows(string declared, MediaType type) =>
        declared.Length == 0 || declared.Equals(NameOf(type), StringComparison.OrdinalIgnoreCase)
        || (type == MediaType.Jpeg && declared.Equals("image/jpg", StringComparison.OrdinalIgnoreCase));
}
