using System.Net;
using DaprSocial.Media.Api;
using DaprSocial.Media.Domain;
using DaprSocial.Media.Tests.World;
using DaprSocial.Media.V1;
using DaprSocial.Testing;
using Microsoft.Extensions.Options;

namespace DaprSocial.Media.Tests.Api;

public sealed class SignedUrlTests
{
    private const string Key = "a key of more than thirty-two characters";

    private static readonly BlobHash _hash = BlobHash.Parse(new string('a', 64));

    private readonly FakeTimeProvider _clock = new();

    [Fact]
    public void PathOf_IsGoodForOneToTwoLifetimes()
    {
        var urls = Create();
        var (expires, signature) = Split(urls.PathOf(_hash, Variant.Thumb));
        _clock.Advance(TimeSpan.FromSeconds(3599));

        Assert.NotNull(urls.LifetimeOf(_hash, Variant.Thumb, expires, signature));
        Assert.Equal(expires, Split(urls.PathOf(_hash, Variant.Thumb)).Expires);
        _clock.Advance(TimeSpan.FromSeconds(3601));
        Assert.Null(urls.LifetimeOf(_hash, Variant.Thumb, expires, signature));
    }

    [Fact]
    public void LifetimeOf_AnythingElseThanSigned_IsRefused()
    {
        var urls = Create();
        var (expires, signature) = Split(urls.PathOf(_hash, Variant.Thumb));

        Assert.Null(urls.LifetimeOf(_hash, Variant.Original, expires, signature));
        Assert.Null(urls.LifetimeOf(BlobHash.Parse(new string('b', 64)), Variant.Thumb, expires, signature));
        Assert.Null(urls.LifetimeOf(_hash, Variant.Thumb, $"{long.Parse(expires, null) + 1}", signature));
        Assert.Null(urls.LifetimeOf(_hash, Variant.Thumb, expires, signature + "x"));
        Assert.Null(urls.LifetimeOf(_hash, Variant.Thumb, expires, ""));
        Assert.Null(urls.LifetimeOf(_hash, Variant.Thumb, null, null));
        Assert.Null(urls.LifetimeOf(_hash, Variant.Thumb, "99999999999999999999", signature));
        Assert.Null(Create("another key of more than thirty-two characters")
            .LifetimeOf(_hash, Variant.Thumb, expires, signature));
    }

    [Fact]
    public async Task Get_SignaturesAreAskedFor_OnlySignedUrlsAreServed()
    {
        await using var world = await MediaWorld.StartAsync($"UrlKey={Key}");
        var media = (await world.UploadAsync(MediaWorld.NewUser(), MediaSamples.Png(20, 20, seed: 1))).Media;
        var path = media.Variants[0].UrlPath;

        using var signed = await world.Http.GetAsync(path);
        using var unsigned = await world.Http.GetAsync(path.Split('?')[0]);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Forbidden), (signed.StatusCode, unsigned.StatusCode));
        Assert.InRange(signed.Headers.CacheControl!.MaxAge!.Value.TotalSeconds, 3599, 7200);
    }

    private MediaUrls Create(string key = Key) => new(Options.Create(new MediaOptions { UrlKey = key }), _clock);

    private static (string Expires, string Signature) Split(string path)
    {
        var query = path.Split('?')[1].Split('&').Select(pair => pair.Split('=')[1]).ToList();
        return (query[0], query[1]);
    }
}
