using System.Globalization;
using DaprSocial.Media.Content;
using DaprSocial.Media.Domain;
using DaprSocial.Media.V1;

namespace DaprSocial.Media.Images;

/// <summary>Makes of an uploaded file what is kept of it: checked, without metadata, in all variants.</summary>
/// <remarks>
/// Only the first step reads what a user sent; the others read what came out of it. Encoding anew is what takes away
/// metadata and whatever else a file carries beside its pixels.
/// </remarks>
internal sealed class MediaProcessor(ImageTool images)
{
    private const int ThumbSideMax = 160;
    private const int MediumSideMax = 640;
    private const int BlurSideMax = 32;

    // A header of three short lines, and the pixels.
    private const int BlurBytesMax = 3 * BlurSideMax * BlurSideMax + 256;

    /// <param name="source">The uploaded file, which stays as it is.</param>
    /// <param name="declaredType">Empty for none.</param>
    /// <param name="folder">Where the results are left.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="Errors.ServiceException">For its content, or DEPENDENCY_UNAVAILABLE.</exception>
    public async Task<ProcessedMedium> ProcessAsync(
        string source, string declaredType, string folder, CancellationToken cancellationToken)
    {
        var content = ContentInspector.Inspect(source, declaredType);
        return content.Type == MediaType.Mp4
            ? await ProcessVideoAsync(source, content, folder, cancellationToken)
            : await ProcessImageAsync(source, content, folder, cancellationToken);
    }

    private static async Task<ProcessedMedium> ProcessVideoAsync(
        string source, InspectedContent content, string folder, CancellationToken cancellationToken)
    {
        var original = Path.Combine(folder, "original.mp4");
        await Mp4Cleaner.CleanAsync(source, original, cancellationToken);
        var file = await DescribeAsync(Variant.Original, content, original, cancellationToken);
        return new ProcessedMedium(content.Type, content.DurationMs, "", [file]);
    }

    private async Task<ProcessedMedium> ProcessImageAsync(
        string source, InspectedContent content, string folder, CancellationToken cancellationToken)
    {
        var (ending, saving) = content switch
        {
            { Type: MediaType.Jpeg } => ("jpg", "[Q=90,strip]"),
            { Type: MediaType.Png } => ("png", "[strip]"),
            { Type: MediaType.Gif } => ("gif", "[strip]"),
            { IsLossless: true } => ("webp", "[lossless,strip]"),
            _ => ("webp", "[Q=90,strip]"),
        };
        var original = Path.Combine(folder, $"original.{ending}");
        var frames = content.FrameCount > 1 ? "[n=-1]" : "";
        await FitAsync(source + frames, original, saving, MediaLimits.SideMax, cancellationToken);
        var files = new List<ProcessedFile>
        {
            await DescribeAsync(Variant.Original, original, cancellationToken),
        };
        foreach (var (variant, sideMax) in new[] { (Variant.W640, MediumSideMax), (Variant.Thumb, ThumbSideMax) })
        {
            var path = Path.Combine(folder, $"{sideMax.ToString(CultureInfo.InvariantCulture)}.webp");
            await FitAsync(files[^1].Path, path, "[Q=80,strip]", sideMax, cancellationToken);
            files.Add(await DescribeAsync(variant, path, cancellationToken));
        }

        files.Reverse();
        var blurhash = await BlurAsync(files[0].Path, folder, cancellationToken);
        return new ProcessedMedium(content.Type, 0, blurhash, files);
    }

    private async Task FitAsync(
        string source, string target, string saving, int sideMax, CancellationToken cancellationToken)
    {
        var folder = Path.GetDirectoryName(target)!;
        if (Path.GetExtension(target) != ".webp")
        {
            await images.FitAsync(source, target + saving, sideMax, folder, cancellationToken);
            return;
        }

        var raw = Path.Combine(folder, $"raw-{Path.GetFileName(target)}");
        await images.FitAsync(source, raw + saving, sideMax, folder, cancellationToken);
        await WebpCleaner.CleanAsync(raw, target, cancellationToken);
        File.Delete(raw);
    }

    private async Task<string> BlurAsync(string source, string folder, CancellationToken cancellationToken)
    {
        var path = Path.Combine(folder, "blur.ppm");
        await images.FitAsync(source, path, BlurSideMax, folder, cancellationToken);
        if (new FileInfo(path).Length > BlurBytesMax)
            throw new InvalidDataException("libvips has written more pixels than it was asked for.");
        var (pixels, width, height) = PixelMap.Parse(await File.ReadAllBytesAsync(path, cancellationToken));
        return Blurhash.Encode(pixels.Span, width, height);
    }

    // Of our own making, so that what the inspector says is what a decoder sees.
    private static Task<ProcessedFile> DescribeAsync(
        Variant variant, string path, CancellationToken cancellationToken) =>
        DescribeAsync(variant, ContentInspector.Inspect(path, ""), path, cancellationToken);

    private static async Task<ProcessedFile> DescribeAsync(
        Variant variant, InspectedContent content, string path, CancellationToken cancellationToken)
    {
        var hash = await BlobHash.OfFileAsync(path, cancellationToken);
        var size = new FileInfo(path).Length;
        return new ProcessedFile(
            new MediumVariant(variant, content.Type, hash, size, content.Width, content.Height), path);
    }
}
