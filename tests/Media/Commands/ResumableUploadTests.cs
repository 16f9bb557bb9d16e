using DaprSocial.Errors;
using DaprSocial.Media.Domain;
using DaprSocial.Media.Tests.World;
using DaprSocial.Media.V1;
using DaprSocial.Testing;
using Google.Rpc;
using Grpc.Core;

namespace DaprSocial.Media.Tests.Commands;

public sealed class ResumableUploadTests(MediaFixture fixture) : IClassFixture<MediaFixture>
{
    private static readonly byte[] _image = MediaSamples.Png(300, 200, seed: 1);

    private readonly MediaWorld _world = fixture.World;
    private readonly UserId _ann = MediaWorld.NewUser();

    [Fact]
    public async Task FinishUpload_AllBytesThere_IsAMediumAndFinishingAgainIsTheSame()
    {
        var id = await _world.FillAsync(_ann, _image, "image/png");

        var media = await _world.FinishAsync(_ann, id);
        var again = await _world.FinishAsync(_ann, id);

        Assert.Equal(media, again);
        Assert.Equal((300, 200), (media.Width, media.Height));
        var upload = await GetAsync(id);
        Assert.Equal((media.Id, (long)_image.Length), (upload.MediaId, upload.Offset));
        Assert.Equal(
            media,
            (await _world.Client.GetMediaAsync(new GetMediaRequest { MediaId = media.Id })).Media);
        Assert.DoesNotContain(_world.UploadFiles, path => path.Contains(id, StringComparison.Ordinal));
    }

    [Fact]
    public async Task AppendUpload_RepeatedOffset_ChangesNothingWhenTheBytesAreTheSame()
    {
        var id = await StartAsync();
        await _world.AppendAsync(_ann, id, 0, _image[..1000]);

        Assert.Equal(1000, (await _world.AppendAsync(_ann, id, 0, _image[..1000])).Offset);
        Assert.Equal(1000, (await _world.AppendAsync(_ann, id, 500, _image[500..700])).Offset);

        await AssertOffsetRefusedAsync(id, 0, [.. _image[..999], 0x55], expected: 1000);
        await AssertOffsetRefusedAsync(id, 500, _image[500..1200], expected: 1000);
    }

    [Fact]
    public async Task AppendUpload_SkippedOffset_IsRefusedWithTheExpectedOne()
    {
        var id = await StartAsync();
        await _world.AppendAsync(_ann, id, 0, _image[..10]);

        await AssertOffsetRefusedAsync(id, 11, _image[11..20], expected: 10);

        Assert.Equal(10, (await GetAsync(id)).Offset);
    }

    [Fact]
    public async Task AppendUpload_MoreThanDeclared_IsRefused()
    {
        var id = await StartAsync(size: 100);

        var (reason, _) = await MediaWorld.RefusalOfAsync(() => _world.AppendAsync(_ann, id, 0, new byte[101]));

        Assert.Equal("UPLOAD_SIZE", reason);
    }

    [Fact]
    public async Task AppendUpload_WritersAtOnce_OneOfThemIsFirst()
    {
        var id = await StartAsync();

        var calls = Enumerable.Range(0, 8).Select(_ => _world.AppendAsync(_ann, id, 0, _image[..5000]));

        Assert.All(await Task.WhenAll(calls), upload => Assert.Equal(5000, upload.Offset));
    }

    [Fact]
    public async Task FinishUpload_BytesMissing_IsRefusedWithTheExpectedOffset()
    {
        var id = await StartAsync();
        await _world.AppendAsync(_ann, id, 0, _image[..10]);

        var (reason, refusal) = await MediaWorld.RefusalOfAsync(() => _world.FinishAsync(_ann, id));

        Assert.Equal(("UPLOAD_INCOMPLETE", "10"), (reason, ExpectedOffsetOf(refusal)));
    }

    [Fact]
    public async Task FinishUpload_TwoAtOnce_AreOneMedium()
    {
        var id = await _world.FillAsync(_ann, _image);
        var media = new List<V1.Media>();

        var calls = Enumerable.Range(0, 4).Select(_ => _world.FinishAsync(_ann, id)).ToList();
        foreach (var call in calls)
        {
            try
            {
                media.Add(await call);
            }
            catch (RpcException refusal) when (refusal.GetReason() == "CONFLICT")
            {
                // Another one is just at it.
            }
        }

        Assert.Single(media.Select(one => one.Id).Distinct());
        Assert.Equal(
            1,
            await _world.CountAsync("select count(*) from media.media where owner_id::text = $1", _ann.ToString()));
    }

    [Fact]
    public async Task FinishUpload_RefusedForItsContent_IsGone()
    {
        var id = await _world.FillAsync(_ann, _image[..^20]);

        var (reason, _) = await MediaWorld.RefusalOfAsync(() => _world.FinishAsync(_ann, id));

        Assert.Equal("MEDIA_DAMAGED", reason);
        Assert.Equal("UPLOAD_NOT_FOUND", (await MediaWorld.RefusalOfAsync(() => GetAsync(id))).Reason);
        Assert.DoesNotContain(_world.UploadFiles, path => path.Contains(id, StringComparison.Ordinal));
        Assert.Equal(0, await _world.CountAsync("select count(*) from media.blob_hold where upload_id::text = $1", id));
    }

    [Fact]
    public async Task Uploads_OfOthers_AreNotThere()
    {
        var id = await _world.FillAsync(_ann, _image);
        var eve = MediaWorld.NewUser();

        Func<Task>[] calls =
        [
            () => _world.AppendAsync(eve, id, 0, _image[..10]), () => _world.FinishAsync(eve, id),
            () => _world.Client.GetUploadAsync(
                new GetUploadRequest { UploadId = id }, MediaWorld.As(eve)).ResponseAsync,
        ];

        foreach (var call in calls)
            Assert.Equal("UPLOAD_NOT_FOUND", (await MediaWorld.RefusalOfAsync(call)).Reason);
    }

    [Fact]
    public async Task StartUpload_OverTheQuota_IsRefusedUntilOneEnds()
    {
        var ids = new List<string>();
        for (var number = 0; number < Domain.Upload.OpenCountMax; number++)
            ids.Add(await StartAsync(size: 1));

        var (reason, refusal) = await MediaWorld.RefusalOfAsync(() => StartAsync(size: 1));

        Assert.Equal(("UPLOAD_QUOTA", StatusCode.ResourceExhausted), (reason, refusal.StatusCode));
        await _world.AppendAsync(_ann, ids[0], 0, [1]);
        await Assert.ThrowsAsync<RpcException>(() => _world.FinishAsync(_ann, ids[0]));
        Assert.NotEmpty(await StartAsync(size: 1));
    }

    [Fact]
    public async Task StartUpload_TooManyBytesTogether_IsRefused()
    {
        await StartAsync(MediaLimits.VideoBytesMax);
        await StartAsync(MediaLimits.VideoBytesMax);

        var (reason, _) = await MediaWorld.RefusalOfAsync(() => StartAsync(MediaLimits.VideoBytesMax));

        Assert.Equal("UPLOAD_QUOTA", reason);
    }

    [Theory]
    [InlineData(0, "", "INVALID_FIELD")]
    [InlineData(-1, "", "INVALID_FIELD")]
    [InlineData(MediaLimits.VideoBytesMax + 1, "", "MEDIA_TOO_LARGE")]
    [InlineData(long.MaxValue, "", "MEDIA_TOO_LARGE")]
    [InlineData(1, "image/png\n", "INVALID_FIELD")]
    public async Task StartUpload_BadInput_IsRefused(long size, string contentType, string expected)
    {
        var request = new StartUploadRequest { Size = size, ContentType = contentType };

        var (reason, _) = await MediaWorld.RefusalOfAsync(
            () => _world.Client.StartUploadAsync(request, MediaWorld.As(_ann)).ResponseAsync);

        Assert.Equal(expected, reason);
    }

    [Theory]
    [InlineData(-1, 10)]
    [InlineData(long.MaxValue, 10)]
    [InlineData(0, 0)]
    [InlineData(0, Domain.Upload.ChunkBytesMax + 1)]
    public async Task AppendUpload_BadInput_IsRefused(long offset, int length)
    {
        var id = await StartAsync();

        var (reason, _) = await MediaWorld.RefusalOfAsync(
            () => _world.AppendAsync(_ann, id, offset, new byte[length]));

        Assert.Equal("INVALID_FIELD", reason);
    }

    private async Task<string> StartAsync(long? size = null) => (await _world.Client.StartUploadAsync(
        new StartUploadRequest { Size = size ?? _image.Length }, MediaWorld.As(_ann))).Upload.Id;

    private async Task<V1.Upload> GetAsync(string id) => (await _world.Client.GetUploadAsync(
        new GetUploadRequest { UploadId = id }, MediaWorld.As(_ann))).Upload;

    private async Task AssertOffsetRefusedAsync(string id, long offset, byte[] bytes, long expected)
    {
        var (reason, refusal) = await MediaWorld.RefusalOfAsync(() => _world.AppendAsync(_ann, id, offset, bytes));

        Assert.Equal(("UPLOAD_OFFSET", $"{expected}"), (reason, ExpectedOffsetOf(refusal)));
    }

    private static string ExpectedOffsetOf(RpcException refusal) =>
        refusal.GetRpcStatus()!.GetDetail<ErrorInfo>()!.Metadata["expectedOffset"];
}
