using System.Security.Cryptography;
using System.Text;
using DaprSocial.Media.Tests.World;
using DaprSocial.Media.V1;
using DaprSocial.Testing;
using Grpc.Core;

namespace DaprSocial.Media.Tests.Commands;

public sealed class UploadMediaTests(MediaFixture fixture) : IClassFixture<MediaFixture>
{
    private readonly MediaWorld _world = fixture.World;
    private readonly UserId _ann = MediaWorld.NewUser();

    [Fact]
    public async Task UploadMedia_JpegWithExif_IsTurnedUprightAndSaysNothingElse()
    {
        var sent = await MediaSamples.JpegWithExifAsync(900, 300, seed: 1);
        Assert.Contains(MediaSamples.Secret, Encoding.Latin1.GetString(sent), StringComparison.Ordinal);

        var media = (await _world.UploadAsync(_ann, sent, "image/jpeg")).Media;

        Assert.Equal((MediaType.Jpeg, 300, 900), (media.Type, media.Width, media.Height));
        Assert.Equal(_ann.ToString(), media.OwnerId);
        Assert.Equal(28, media.Blurhash.Length);
        Assert.Equal(
            [(Variant.Thumb, "image/webp", 53, 160), (Variant.W640, "image/webp", 213, 640),
                (Variant.Original, "image/jpeg", 300, 900)],
            media.Variants.Select(one => (one.Variant, one.ContentType, one.Width, one.Height)));
        foreach (var variant in media.Variants)
        {
            var bytes = await _world.DownloadAsync(media.Id, variant.Variant);
            Assert.Equal(variant.Size, bytes.Length);
            Assert.Equal(variant.Hash, Convert.ToHexStringLower(SHA256.HashData(bytes)));
            Assert.DoesNotContain(MediaSamples.Secret, Encoding.Latin1.GetString(bytes), StringComparison.Ordinal);
            Assert.DoesNotContain("EXIF", Encoding.Latin1.GetString(bytes), StringComparison.OrdinalIgnoreCase);
        }
    }

    [Theory]
    [InlineData("png", MediaType.Png)]
    [InlineData("webp", MediaType.Webp)]
    [InlineData("gif", MediaType.Gif)]
    public async Task UploadMedia_OtherImages_KeepTheirTypeAndSize(string kind, MediaType type)
    {
        var png = MediaSamples.Png(200, 100, seed: 2, MediaSamples.Secret);
        var sent = kind switch
        {
            "png" => png,
            // Made of a JPEG with EXIF, which libvips takes over.
            "webp" => await MediaSamples.ConvertAsync(await MediaSamples.JpegWithExifAsync(100, 200, seed: 2), "webp"),
            _ => MediaSamples.Gif(200, 100, frameCount: 3),
        };

        var media = (await _world.UploadAsync(_ann, sent)).Media;

        Assert.Equal((type, 200, 100), (media.Type, media.Width, media.Height));
        var bytes = await _world.DownloadAsync(media.Id);
        Assert.DoesNotContain(MediaSamples.Secret, Encoding.Latin1.GetString(bytes), StringComparison.Ordinal);
        if (kind == "gif")
            Assert.Equal(3, bytes.AsSpan().Count((ReadOnlySpan<byte>)[0x21, 0xF9, 0x04]));
    }

    [Fact]
    public async Task UploadMedia_PolyglotImage_KeepsNothingBehindItsEnd()
    {
        byte[] sent = [.. MediaSamples.Png(64, 64, seed: 3), .. "<script>alert('PK')</script>"u8];

        var media = (await _world.UploadAsync(_ann, sent)).Media;

        var bytes = await _world.DownloadAsync(media.Id);
        Assert.DoesNotContain("script", Encoding.Latin1.GetString(bytes), StringComparison.Ordinal);
    }

    [Fact]
    public async Task UploadMedia_VideoWithoutMetadata_IsKeptByteForByte()
    {
        var sent = MediaSamples.Mp4(100_000, seed: 4);

        var media = (await _world.UploadAsync(_ann, sent, "video/mp4")).Media;

        Assert.Equal((MediaType.Mp4, 320, 240), (media.Type, media.Width, media.Height));
        Assert.Equal(TimeSpan.FromSeconds(2), media.Duration.ToTimeSpan());
        Assert.Equal("", media.Blurhash);
        Assert.Equal(sent, await _world.DownloadAsync(media.Id));
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(sent)), media.Hash);
    }

    [Fact]
    public async Task UploadMedia_VideoWithMetadata_HasItBlankedInPlace()
    {
        var sent = MediaSamples.Mp4(100_000, seed: 5, MediaSamples.Secret);

        var media = (await _world.UploadAsync(_ann, sent)).Media;

        var kept = await _world.DownloadAsync(media.Id);
        Assert.Equal(sent.Length, kept.Length);
        Assert.DoesNotContain(MediaSamples.Secret, Encoding.Latin1.GetString(kept), StringComparison.Ordinal);
        Assert.DoesNotContain("udta", Encoding.Latin1.GetString(kept[..2000]), StringComparison.Ordinal);
        Assert.Equal(sent[2000..], kept[2000..]);
    }

    [Fact]
    public async Task UploadMedia_SameBytesTwice_AreOneBlobAndTwoMedia()
    {
        var sent = MediaSamples.Png(50, 40, seed: 6);
        var first = (await _world.UploadAsync(_ann, sent)).Media;
        var blobs = _world.BlobFiles;

        var second = (await _world.UploadAsync(MediaWorld.NewUser(), sent)).Media;

        Assert.Equal(first.Hash, second.Hash);
        Assert.NotEqual(first.Id, second.Id);
        Assert.Equal(blobs, _world.BlobFiles);
    }

    [Fact]
    public async Task UploadMedia_RepeatedRequestId_ReturnsFirstAnswerAndOtherBytesAreRefused()
    {
        var sent = MediaSamples.Png(30, 30, seed: 7);
        var first = await _world.UploadAsync(_ann, sent, requestId: "once");

        var repeated = await _world.UploadAsync(_ann, sent, requestId: "once");

        Assert.Equal(first, repeated);
        var other = MediaSamples.Mp4(sent.Length, seed: 8);
        var (reason, _) = await MediaWorld.RefusalOfAsync(() => _world.UploadAsync(_ann, other, requestId: "once"));
        Assert.Equal("REQUEST_ID_REUSED", reason);
        Assert.Empty(_world.UploadFiles);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(1)]
    public async Task UploadMedia_OtherSizeThanDeclared_IsRefusedAndForgotten(int difference)
    {
        var sent = MediaSamples.Png(30, 30, seed: 9);

        var (reason, refusal) = await MediaWorld.RefusalOfAsync(
            () => _world.UploadAsync(_ann, sent, size: sent.Length + difference));

        Assert.Equal(("UPLOAD_SIZE", StatusCode.InvalidArgument), (reason, refusal.StatusCode));
        Assert.Empty(_world.UploadFiles);
    }

    [Fact]
    public async Task UploadMedia_CallerBreaksOff_LeavesNothing()
    {
        await using var world = await MediaWorld.StartAsync();
        using (var call = world.Client.UploadMedia(MediaWorld.As(_ann)))
        {
            await call.RequestStream.WriteAsync(new UploadMediaRequest { Header = new UploadHeader { Size = 1000 } });
            await call.RequestStream.WriteAsync(new UploadMediaRequest
            {
                Data = Google.Protobuf.ByteString.CopyFrom(new byte[500]),
            });
            // Whatever of it has arrived by now.
            await world.Client.GetMediaAsync(new GetMediaRequest { MediaId = $"{_ann}" }).ResponseAsync
                .ContinueWith(_ => { }, TaskScheduler.Default);
        }

        // Ends when the calls have.
        await world.StopAsync();
        Assert.Empty(world.UploadFiles);
        Assert.Equal(0, await world.CountAsync("select count(*) from media.upload"));
    }

    [Fact]
    public async Task UploadMedia_WithoutHeader_IsRefused()
    {
        using var call = _world.Client.UploadMedia(MediaWorld.As(_ann));
        await call.RequestStream.CompleteAsync();

        var (reason, _) = await MediaWorld.RefusalOfAsync(() => call.ResponseAsync);

        Assert.Equal("INVALID_FIELD", reason);
    }

    [Theory]
    [InlineData("MEDIA_TYPE_UNKNOWN", "<svg xmlns='http://www.w3.org/2000/svg'/>")]
    [InlineData("MEDIA_TYPE_UNKNOWN", "%PDF-1.7 and more than twelve bytes")]
    public async Task UploadMedia_ContentOfNoKnownType_IsRefused(string expected, string text)
    {
        var (reason, _) = await MediaWorld.RefusalOfAsync(
            () => _world.UploadAsync(_ann, Encoding.ASCII.GetBytes(text), "image/png"));

        Assert.Equal(expected, reason);
    }

    [Fact]
    public async Task UploadMedia_Mislabelled_IsRefused()
    {
        var (reason, refusal) = await MediaWorld.RefusalOfAsync(
            () => _world.UploadAsync(_ann, MediaSamples.Png(30, 30, seed: 11), "image/jpeg"));

        Assert.Equal(("MEDIA_TYPE_MISMATCH", StatusCode.InvalidArgument), (reason, refusal.StatusCode));
    }

    [Theory]
    [InlineData(60_000, 60_000)]
    [InlineData(16_384, 16_384)]
    [InlineData(1, 16_385)]
    [InlineData(0, 10)]
    [InlineData(-1, -1)]
    public async Task UploadMedia_Bomb_IsRefusedBeforeItIsDecoded(int width, int height)
    {
        var (reason, _) = await MediaWorld.RefusalOfAsync(
            () => _world.UploadAsync(_ann, MediaSamples.PngBomb(width, height)));

        Assert.Equal("MEDIA_TOO_MANY_PIXELS", reason);
    }

    [Fact]
    public async Task UploadMedia_LargerThanImagesMayBe_IsRefused()
    {
        byte[] sent = [.. MediaSamples.Png(30, 30, seed: 12), .. new byte[20 * 1024 * 1024]];

        var (reason, refusal) = await MediaWorld.RefusalOfAsync(() => _world.UploadAsync(_ann, sent));

        Assert.Equal(("MEDIA_TOO_LARGE", StatusCode.ResourceExhausted), (reason, refusal.StatusCode));
    }

    [Fact]
    public async Task UploadMedia_ScannerRefuses_IsRefusedAndNotStored()
    {
        var blobs = _world.BlobFiles;

        var (reason, _) = await MediaWorld.RefusalOfAsync(
            () => _world.UploadAsync(_ann, MediaSamples.Png(TestScanner.RefusedWidth, 30, seed: 13)));

        Assert.Equal("MEDIA_REFUSED", reason);
        Assert.Equal(blobs, _world.BlobFiles);
    }
}
