using DaprSocial.Media.Domain;
using DaprSocial.Media.V1;

namespace DaprSocial.Media.Content;

/// <summary>Tells by its content what a file is and how large, and refuses what is not whole.</summary>
/// <remarks>
/// Only what a decoder must be kept from is judged here: wrong types, missing ends, sizes. Whether pixels can be
/// decoded shows when they are.
/// </remarks>
internal static class ContentInspector
{
    private const int HeadBytes = 12;
    private const int BufferBytes = 64 * 1024;

    /// <exception cref="Errors.ServiceException">
    /// MEDIA_TYPE_UNKNOWN, MEDIA_TYPE_MISMATCH, MEDIA_TOO_LARGE, MEDIA_DAMAGED or MEDIA_TOO_MANY_PIXELS.
    /// </exception>
    public static InspectedContent Inspect(string path, string declaredType)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, BufferBytes);
        var type = TypeOf(file);
        if (!ContentTypes.Allows(declaredType, type))
            throw MediaErrors.TypeMismatch(declaredType, type);
        if (file.Length > MediaLimits.BytesMax(type))
            throw MediaErrors.TooLarge(MediaLimits.BytesMax(type));
        file.Position = 0;
        var reader = new ContentReader(file);
        var content = type switch
        {
            MediaType.Jpeg => JpegInspector.Inspect(reader),
            MediaType.Png => PngInspector.Inspect(reader),
            MediaType.Gif => GifInspector.Inspect(reader),
            MediaType.Webp => WebpInspector.Inspect(reader),
            _ => Mp4Inspector.Inspect(reader),
        };
        CheckPixels(content);
        return content;
    }

    private static MediaType TypeOf(FileStream file)
    {
        Span<byte> head = stackalloc byte[HeadBytes];
        head = head[..file.ReadAtLeast(head, HeadBytes, throwOnEndOfStream: false)];
        return head switch
        {
            [0xFF, 0xD8, 0xFF, ..] => MediaType.Jpeg,
            [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A, ..] => MediaType.Png,
            [(byte)'G', (byte)'I', (byte)'F', (byte)'8', (byte)'7' or (byte)'9', (byte)'a', ..] => MediaType.Gif,
            [(byte)'R', (byte)'I', (byte)'F', (byte)'F', _, _, _, _, (byte)'W', (byte)'E', (byte)'B', (byte)'P'] =>
                MediaType.Webp,
            [_, _, _, _, (byte)'f', (byte)'t', (byte)'y', (byte)'p', ..] => MediaType.Mp4,
            _ => throw MediaErrors.TypeUnknown("this is none of them"),
        };
    }

    private static void CheckPixels(InspectedContent content)
    {
        var (width, height, frames) = (content.Width, content.Height, content.FrameCount);
        var pixels = (long)width * height;
        if (width is < 1 or > MediaLimits.SideMax || height is < 1 or > MediaLimits.SideMax
            || pixels > MediaLimits.PixelsMax || frames < 1
            || (frames > 1 && pixels > MediaLimits.AnimationPixelsMax / frames))
            throw MediaErrors.PixelCount(width, height, frames);
    }
}
