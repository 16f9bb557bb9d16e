using DaprSocial.Media.Blobs;
using DaprSocial.Media.Storage;
using DaprSocial.Media.Tests.World;
using DaprSocial.Media.Uploads;
using DaprSocial.Media.V1;
using DaprSocial.Testing;
using Grpc.Core;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace DaprSocial.Media.Tests.Commands;

/// <summary>How bytes go: with the last medium that needs them, with their user, and when nobody ever did.</summary>
public sealed class DeleteMediaTests(MediaFixture fixture) : IClassFixture<MediaFixture>
{
    private readonly MediaWorld _world = fixture.World;
    private readonly UserId _ann = MediaWorld.NewUser();

    [Fact]
    public async Task DeleteMedia_LastOneWithItsBytes_TakesThemAlong()
    {
        var media = (await _world.UploadAsync(_ann, MediaSamples.Png(33, 33, seed: 1))).Media;
        Assert.All(media.Variants, variant => Assert.True(IsStored(variant)));

        Assert.True((await DeleteAsync(media, _ann)).Changed);

        Assert.All(media.Variants, variant => Assert.False(IsStored(variant)));
        Assert.False((await DeleteAsync(media, _ann)).Changed);
        var (reason, _) = await MediaWorld.RefusalOfAsync(() => _world.DownloadAsync(media.Id));
        Assert.Equal("MEDIA_NOT_FOUND", reason);
    }

    [Fact]
    public async Task DeleteMedia_AnotherHasTheSameBytes_LeavesThem()
    {
        var (sent, bob) = (MediaSamples.Png(34, 34, seed: 2), MediaWorld.NewUser());
        var mine = (await _world.UploadAsync(_ann, sent)).Media;
        var other = (await _world.UploadAsync(bob, sent)).Media;

        await DeleteAsync(mine, _ann);

        Assert.NotEmpty(await _world.DownloadAsync(other.Id));
        await DeleteAsync(other, bob);
        Assert.All(other.Variants, variant => Assert.False(IsStored(variant)));
    }

    [Fact]
    public async Task DeleteMedia_AndUploadOfTheSameBytesAtOnce_NeverLosesBytes()
    {
        var sent = MediaSamples.Mp4(3000, seed: 3);
        for (var round = 0; round < 20; round++)
        {
            var media = (await _world.UploadAsync(_ann, sent)).Media;

            var deleting = DeleteAsync(media, _ann);
            var uploading = _world.UploadAsync(MediaWorld.NewUser(), sent);
            await deleting;

            Assert.Equal(sent, await _world.DownloadAsync((await uploading).Media.Id));
        }
    }

    [Fact]
    public async Task DeleteMedia_OfSomebodyElse_IsRefused()
    {
        var media = (await _world.UploadAsync(_ann, MediaSamples.Png(35, 35, seed: 4))).Media;

        var (reason, refusal) = await MediaWorld.RefusalOfAsync(() => DeleteAsync(media, MediaWorld.NewUser()));

        Assert.Equal(("NOT_OWNER", StatusCode.PermissionDenied), (reason, refusal.StatusCode));
    }

    [Fact]
    public async Task BatchGetMedia_DeletedAndUnknown_AreMissing()
    {
        var kept = (await _world.UploadAsync(_ann, MediaSamples.Png(36, 36, seed: 5))).Media;
        var deleted = (await _world.UploadAsync(_ann, MediaSamples.Png(36, 36, seed: 6))).Media;
        await DeleteAsync(deleted, _ann);
        var unknown = MediaWorld.NewUser().ToString();

        var found = await _world.Client.BatchGetMediaAsync(
            new BatchGetMediaRequest { MediaIds = { unknown, kept.Id, deleted.Id } });

        Assert.Equal([kept], found.Media);
        Assert.Equal([unknown, deleted.Id], found.MissingIds);
    }

    [Theory]
    [InlineData(0, 0, 5000)]
    [InlineData(10, 5, 5)]
    [InlineData(4999, 100, 1)]
    public async Task DownloadMedia_Range_IsThatPart(int offset, int length, int expected)
    {
        var sent = MediaSamples.Mp4(5000, seed: 7);
        var media = (await _world.UploadAsync(_ann, sent)).Media;

        Assert.Equal(
            sent[offset..(offset + expected)], await _world.DownloadAsync(media.Id, Variant.Original, offset, length));
    }

    [Theory]
    [InlineData(5000, 0, Variant.Original, "INVALID_FIELD")]
    [InlineData(-1, 0, Variant.Original, "INVALID_FIELD")]
    [InlineData(0, -1, Variant.Original, "INVALID_FIELD")]
    [InlineData(0, 0, Variant.Thumb, "MEDIA_NOT_FOUND")]
    [InlineData(0, 0, (Variant)99, "MEDIA_NOT_FOUND")]
    public async Task DownloadMedia_NoSuchPart_IsRefused(long offset, long length, Variant variant, string expected)
    {
        var media = (await _world.UploadAsync(_ann, MediaSamples.Mp4(5000, seed: 8))).Media;

        var (reason, _) = await MediaWorld.RefusalOfAsync(
            () => _world.DownloadAsync(media.Id, variant, offset, length));

        Assert.Equal(expected, reason);
    }

    [Fact]
    public async Task EraseUser_TakesMediaUploadsAndBytes_AndLeavesOthers()
    {
        var (shared, bob) = (MediaSamples.Png(38, 38, seed: 9), MediaWorld.NewUser());
        var mine = (await _world.UploadAsync(_ann, MediaSamples.Png(38, 38, seed: 10))).Media;
        await _world.UploadAsync(_ann, shared);
        var other = (await _world.UploadAsync(bob, shared)).Media;
        var open = await _world.FillAsync(_ann, MediaSamples.Png(38, 38, seed: 11));

        var answer = await _world.Client.EraseUserAsync(new EraseUserRequest { UserId = _ann.ToString() });

        var erased = answer.Erased.ToDictionary(rows => rows.Table, rows => rows.RowCount);
        Assert.Equal((2, 2, 3), (erased["media.media"], erased["media.upload"] - 1, erased["media.blob"]));
        Assert.All(mine.Variants, variant => Assert.False(IsStored(variant)));
        Assert.NotEmpty(await _world.DownloadAsync(other.Id));
        Assert.DoesNotContain(_world.UploadFiles, path => path.Contains(open, StringComparison.Ordinal));
        var (reason, _) = await MediaWorld.RefusalOfAsync(
            () => _world.UploadAsync(_ann, MediaSamples.Png(38, 38, seed: 12)));
        Assert.Equal("USER_NOT_FOUND", reason);
    }

    [Fact]
    public async Task Collector_WhatIsLeftOver_GoesWhenItsTimeIsOver()
    {
        await using var world = await MediaWorld.StartAsync();
        var open = await world.FillAsync(_ann, MediaSamples.Png(39, 39, seed: 13));
        var kept = (await world.UploadAsync(_ann, MediaSamples.Png(39, 39, seed: 14))).Media;
        // A crash in the middle of finishing, and a database that was restored.
        Directory.CreateDirectory(Path.Combine(world.Folder, "uploads", $"{MediaWorld.NewUser()}.abc"));
        var orphan = Path.Combine(world.Folder, "blobs", "00", "00", new string('0', 64));
        Directory.CreateDirectory(Path.GetDirectoryName(orphan)!);
        await File.WriteAllTextAsync(orphan, "nobody's");
        await File.WriteAllTextAsync(orphan + ".x.part", "a half");
        var clock = FakeTimeProvider.AtRealTime();
        var collector = Collector(world, clock);

        await collector.CollectAsync(CancellationToken.None);
        Assert.Equal([PathOf(open, world)], world.UploadFiles);
        Assert.Contains(orphan, world.BlobFiles);

        clock.Advance(TimeSpan.FromHours(25));
        await collector.CollectAsync(CancellationToken.None);
        Assert.Empty(world.UploadFiles);
        Assert.Equal(3, world.BlobFiles.Count);
        Assert.NotEmpty(await world.DownloadAsync(kept.Id));
        Assert.Equal(0, await world.CountAsync("select count(*) from media.upload"));
        Assert.Equal(0, await collector.CollectAsync(CancellationToken.None));
    }

    private static string PathOf(string upload, MediaWorld world) =>
        Path.Combine(world.Folder, "uploads", $"{upload}.bytes");

    private static MediaCollector Collector(MediaWorld world, TimeProvider clock) => new(
        world.Get<UploadStore>(), world.Get<UploadFiles>(), world.Get<BlobKeeper>(), world.Get<IBlobStore>(),
        world.Get<IOptions<MediaOptions>>(), clock, NullLogger<MediaCollector>.Instance);

    private bool IsStored(MediaVariant variant) =>
        _world.BlobFiles.Any(path => Path.GetFileName(path) == variant.Hash);

    private async Task<DeleteMediaResponse> DeleteAsync(V1.Media media, UserId user) =>
        await _world.Client.DeleteMediaAsync(new DeleteMediaRequest { MediaId = media.Id }, MediaWorld.As(user));
}
