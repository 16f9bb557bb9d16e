using DaprSocial.Media.V1;

namespace DaprSocial.Media.Domain;

/// <summary>What media may have at most; the contract names the same numbers.</summary>
internal static class MediaLimits
{
    public const long ImageBytesMax = 20L * 1024 * 1024;
    public const long VideoBytesMax = 100L * 1024 * 1024;

    /// <summary>WebP can have no more, and no screen has.</summary>
    public const int SideMax = 16_384;

    public const long PixelsMax = 40_000_000;

    /// <summary>Of all frames of an animation together: they are decoded into memory.</summary>
    public const long AnimationPixelsMax = 100_000_000;

    public static long BytesMax(MediaType type) => type == MediaType.Mp4 ? VideoBytesMax : ImageBytesMax;
}
