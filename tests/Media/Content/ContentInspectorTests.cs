using DaprSocial.Errors;
using DaprSocial.Errors.V1;
using DaprSocial.Media.Content;
using DaprSocial.Media.V1;
using DaprSocial.Testing;

namespace DaprSocial.Media.Tests.Content;

public sealed class ContentInspectorTests
{
    [Fact]
    public async Task Inspect_GoodFiles_SaysTypeAndSize()
    {
        var png = MediaSamples.Png(31, 17, seed: 1);

        Assert.Equal(new InspectedContent(MediaType.Png, 31, 17), Inspect(png));
        Assert.Equal(new InspectedContent(MediaType.Gif, 31, 17, 5), Inspect(MediaSamples.Gif(31, 17, frameCount: 5)));
        Assert.Equal(
            new InspectedContent(MediaType.Jpeg, 31, 17), Inspect(await MediaSamples.JpegWithExifAsync(31, 17, 1)));
        Assert.Equal(
            new InspectedContent(MediaType.Webp, 31, 17), Inspect(await MediaSamples.ConvertAsync(png, "webp")));
        Assert.Equal(
            new InspectedContent(MediaType.Webp, 31, 17, IsLossless: true),
            Inspect(await MediaSamples.ConvertAsync(png, "webp", "[lossless]")));
        Assert.Equal(
            new InspectedContent(MediaType.Mp4, 320, 240, DurationMs: 2000), Inspect(MediaSamples.Mp4(1000, seed: 1)));
    }

    [Fact]
    public async Task Inspect_CutOffAnywhere_IsRefused()
    {
        var png = MediaSamples.Png(9, 9, seed: 2);
        byte[][] files =
        [
            png, MediaSamples.Gif(9, 9, frameCount: 2), await MediaSamples.ConvertAsync(png, "jpg"),
            await MediaSamples.ConvertAsync(png, "webp"), MediaSamples.Mp4(1000, seed: 2),
        ];

        foreach (var file in files)
        {
            for (var length = 0; length < file.Length; length++)
                Assert.True(ReasonOf(file[..length]) is ErrorReason.MediaDamaged or ErrorReason.MediaTypeUnknown);
        }
    }

    [Theory]
    [InlineData("meta")]
    [InlineData("camm")]
    [InlineData("gpmd")]
    [InlineData("text")]
    public void Inspect_VideoWithATrackOfAnythingElse_IsRefused(string handler) =>
        Assert.Equal(ErrorReason.MediaTypeUnknown, ReasonOf(MediaSamples.Mp4(1000, seed: 3, handler: handler)));

    [Fact]
    public void Inspect_SoundAlone_IsRefused() =>
        Assert.Equal(ErrorReason.MediaTypeUnknown, ReasonOf(MediaSamples.Mp4(1000, seed: 4, handler: "soun")));

    [Fact]
    public void Inspect_VideoWithSamplesElsewhere_IsRefused()
    {
        var file = MediaSamples.Mp4(1000, seed: 5);
        var place = file.AsSpan().IndexOf("url "u8);
        file[place + 7] = 0;

        Assert.Equal(ErrorReason.MediaTypeUnknown, ReasonOf(file));
    }

    [Fact]
    public void Inspect_VideoWithBytesBehindItsBoxes_IsRefused() =>
        Assert.Equal(ErrorReason.MediaDamaged, ReasonOf([.. MediaSamples.Mp4(1000, seed: 6), .. "PK"u8]));

    [Theory]
    [InlineData(1000, 1000, 101)]
    [InlineData(200, 200, 2501)]
    public void Inspect_AnimationOfManyPixels_IsRefused(int width, int height, int frameCount)
    {
        // Frames that claim the size without the pixels: what counts is what a decoder makes room for.
        var one = MediaSamples.Gif(1, 1, frameCount);
        (one[6], one[7], one[8], one[9]) = ((byte)width, (byte)(width >> 8), (byte)height, (byte)(height >> 8));

        Assert.Equal(ErrorReason.MediaTooManyPixels, ReasonOf(one));
    }

    [Theory]
    [InlineData("image/jpeg", false)]
    [InlineData("image/PNG", true)]
    [InlineData("", true)]
    [InlineData("image/svg+xml", false)]
    public void Inspect_DeclaredType_MustBeTheContents(string declared, bool isTaken)
    {
        var file = MediaSamples.Png(9, 9, seed: 7);

        if (isTaken)
            Assert.Equal(MediaType.Png, Inspect(file, declared).Type);
        else
            Assert.Equal(ErrorReason.MediaTypeMismatch, ReasonOf(file, declared));
    }

    private static ErrorReason ReasonOf(byte[] bytes, string declared = "") =>
        Assert.Throws<ServiceException>(() => Inspect(bytes, declared)).Reason;

    private static InspectedContent Inspect(byte[] bytes, string declared = "")
    {
        var path = Path.GetTempFileName();
        try
        {
            File.WriteAllBytes(path, bytes);
            return ContentInspector.Inspect(path, declared);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
