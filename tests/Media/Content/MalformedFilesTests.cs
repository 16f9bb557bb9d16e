using System.Collections.Concurrent;
using System.Security.Cryptography;
using DaprSocial.Errors;
using DaprSocial.Media.Tests.World;
using DaprSocial.Testing;
using Grpc.Core;

namespace DaprSocial.Media.Tests.Content;

public sealed class MalformedFilesTests(MediaFixture fixture) : IClassFixture<MediaFixture>
{
    private const int Seed = 20_261_121;

    private static readonly string[] _reasons =
    [
        "MEDIA_TYPE_UNKNOWN", "MEDIA_TYPE_MISMATCH", "MEDIA_DAMAGED", "MEDIA_TOO_MANY_PIXELS", "MEDIA_TOO_COSTLY",
    ];

    private readonly MediaWorld _world = fixture.World;

    [Fact]
    public Task Upload_FortyMalformedFiles_EachIsRefusedAsDocumentedOrMadeGood() => UploadAsync(40);

    [Fact]
    [Trait("Category", "Full")]
    public Task Upload_TwoHundredMalformedFiles_EachIsRefusedAsDocumentedOrMadeGood() => UploadAsync(200);

    private async Task UploadAsync(int fileCount)
    {
        var malformed = await MalformedFiles.CreateAsync(Seed);
        var files = Enumerable.Range(0, fileCount).Select(malformed.Next).ToList();
        var outcomes = new ConcurrentBag<string>();

        await Parallel.ForEachAsync(
            files, new ParallelOptions { MaxDegreeOfParallelism = 4 },
            async (file, _) => outcomes.Add(await OutcomeOfAsync(file)));

        Assert.Equal(fileCount, outcomes.Count);
        // Were one of these missing, the files would not be what they should not be.
        Assert.Superset(
            new HashSet<string>
            {
                "good", "MEDIA_TYPE_UNKNOWN", "MEDIA_TYPE_MISMATCH", "MEDIA_DAMAGED", "MEDIA_TOO_MANY_PIXELS",
            },
            outcomes.ToHashSet());
        Assert.Empty(_world.UploadFiles);
        Assert.Equal(0, await _world.CountAsync("select count(*) from media.upload where media_id is null"));
        Assert.Equal(0, await _world.CountAsync("select count(*) from media.blob_hold"));
        Assert.NotNull((await _world.UploadAsync(MediaWorld.NewUser(), MediaSamples.Png(20, 20, Seed))).Media);
    }

    private async Task<string> OutcomeOfAsync(MalformedFile file)
    {
        try
        {
            var media = (await _world.UploadAsync(MediaWorld.NewUser(), file.Bytes, file.ContentType)).Media;
            Assert.False(file.MustBeRefused, $"taken although {file.What}");
            foreach (var variant in media.Variants)
            {
                var bytes = await _world.DownloadAsync(media.Id, variant.Variant);
                Assert.Equal(variant.Hash, Convert.ToHexStringLower(SHA256.HashData(bytes)));
            }

            return "good";
        }
        catch (RpcException refusal)
        {
            Assert.Contains(refusal.GetReason(), _reasons);
            return refusal.GetReason()!;
        }
    }
}
