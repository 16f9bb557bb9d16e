using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using DaprSocial.Media.Domain;
using DaprSocial.Media.V1;
using Microsoft.Extensions.Options;

namespace DaprSocial.Media.Api;

/// <summary>Makes the paths under which bytes are served, signed where a key is set, and checks signatures.</summary>
internal sealed class MediaUrls(IOptions<MediaOptions> options, TimeProvider clock)
{
    private const string Prefix = "/media";

    private readonly byte[] _key = Encoding.UTF8.GetBytes(options.Value.UrlKey);
    private readonly long _lifetimeSeconds = options.Value.UrlLifetimeSeconds;

    public const string Pattern = Prefix + "/{hash}/{variant}";

    public bool AreSigned => _key.Length > 0;

    public static string NameOf(Variant variant) => variant switch
    {
        Variant.Thumb => "thumb",
        Variant.W640 => "640",
        Variant.Original => "original",
        _ => throw new ArgumentOutOfRangeException(nameof(variant), variant, "No URL names this variant."),
    };

    /// <returns>Null when the name is none.</returns>
    public static Variant? VariantOf(string? name) => name switch
    {
        "thumb" => Variant.Thumb,
        "640" => Variant.W640,
        "original" => Variant.Original,
        _ => null,
    };

    /// <summary>Gives every variant of a medium its URL.</summary>
    public V1.Media AddTo(V1.Media media)
    {
        foreach (var variant in media.Variants)
            variant.UrlPath = PathOf(BlobHash.Parse(media.Hash), variant.Variant);
        return media;
    }

    public string PathOf(BlobHash original, Variant variant)
    {
        var path = $"{Prefix}/{original}/{NameOf(variant)}";
        if (!AreSigned)
            return path;
        // Rounded, so that the same picture has the same URL for a while and caches have a use.
        var expires = (clock.GetUtcNow().ToUnixTimeSeconds() / _lifetimeSeconds + 2) * _lifetimeSeconds;
        return $"{path}?expires={Text(expires)}&signature={Sign(path, expires)}";
    }

    /// <summary>How long an answer to a URL may be kept.</summary>
    /// <returns>Null when the signature is missing, wrong or over.</returns>
    public TimeSpan? LifetimeOf(BlobHash original, Variant variant, string? expires, string? signature)
    {
        if (!AreSigned)
            return TimeSpan.FromDays(365);
        if (!long.TryParse(expires, NumberStyles.None, CultureInfo.InvariantCulture, out var end))
            return null;
        var wanted = Encoding.ASCII.GetBytes(Sign($"{Prefix}/{original}/{NameOf(variant)}", end));
        var isRight = CryptographicOperations.FixedTimeEquals(wanted, Encoding.UTF8.GetBytes(signature ?? ""));
        var left = end - clock.GetUtcNow().ToUnixTimeSeconds();
        return isRight && left > 0 ? TimeSpan.FromSeconds(left) : null;
    }

    private string Sign(string path, long expires) => Base64Url.EncodeToString(
        HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes($"{path}\n{Text(expires)}")));

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
