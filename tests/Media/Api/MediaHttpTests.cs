using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using DaprSocial.Media.Tests.World;
using DaprSocial.Media.V1;
using DaprSocial.Testing;

namespace DaprSocial.Media.Tests.Api;

public sealed class MediaHttpTests(MediaFixture fixture) : IClassFixture<MediaFixture>
{
    private static readonly byte[] _video = MediaSamples.Mp4(5000, seed: 1);

    private readonly MediaWorld _world = fixture.World;

    [Fact]
    public async Task Get_Original_IsTheBytesWithHeadersForEver()
    {
        var path = await UploadAsync();

        using var answer = await _world.Http.GetAsync(path);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(_video, await answer.Content.ReadAsByteArrayAsync());
        Assert.Equal("video/mp4", answer.Content.Headers.ContentType?.ToString());
        Assert.Equal(_video.Length, answer.Content.Headers.ContentLength);
        Assert.Equal("public, max-age=31536000, immutable", HeaderOf(answer, "Cache-Control"));
        Assert.Equal("nosniff", HeaderOf(answer, "X-Content-Type-Options"));
        Assert.Equal("default-src 'none'; sandbox", HeaderOf(answer, "Content-Security-Policy"));
        Assert.Equal("bytes", HeaderOf(answer, "Accept-Ranges"));
        Assert.Equal(path.Split('/')[2], answer.Headers.ETag?.Tag.Trim('"'));
    }

    [Fact]
    public async Task Get_Variants_HaveTheirOwnTypesAndBytes()
    {
        var media = (await _world.UploadAsync(MediaWorld.NewUser(), MediaSamples.Png(800, 800, seed: 2))).Media;

        foreach (var variant in media.Variants)
        {
            using var answer = await _world.Http.GetAsync(variant.UrlPath);
            Assert.Equal(variant.ContentType, answer.Content.Headers.ContentType?.ToString());
            Assert.Equal(
                await _world.DownloadAsync(media.Id, variant.Variant), await answer.Content.ReadAsByteArrayAsync());
        }

        Assert.Equal(
            [$"/media/{media.Hash}/thumb", $"/media/{media.Hash}/640", $"/media/{media.Hash}/original"],
            media.Variants.Select(variant => variant.UrlPath));
    }

    [Theory]
    [InlineData("bytes=0-0", 0, 0)]
    [InlineData("bytes=10-19", 10, 19)]
    [InlineData("bytes=4990-", 4990, 4999)]
    [InlineData("bytes=4990-9999", 4990, 4999)]
    [InlineData("bytes=-10", 4990, 4999)]
    [InlineData("bytes=-9999", 0, 4999)]
    public async Task Get_Range_IsThatPart(string range, int from, int to)
    {
        var path = await UploadAsync();

        using var answer = await SendAsync(HttpMethod.Get, path, ("Range", range));

        Assert.Equal(HttpStatusCode.PartialContent, answer.StatusCode);
        Assert.Equal(_video[from..(to + 1)], await answer.Content.ReadAsByteArrayAsync());
        Assert.Equal($"bytes {from}-{to}/{_video.Length}", answer.Content.Headers.ContentRange?.ToString());
    }

    [Theory]
    [InlineData("bytes=5000-")]
    [InlineData("bytes=9000-9999")]
    [InlineData("bytes=-0")]
    public async Task Get_RangeBehindTheEnd_IsNotSatisfiable(string range)
    {
        using var answer = await SendAsync(HttpMethod.Get, await UploadAsync(), ("Range", range));

        Assert.Equal(HttpStatusCode.RequestedRangeNotSatisfiable, answer.StatusCode);
        Assert.Equal($"bytes */{_video.Length}", answer.Content.Headers.ContentRange?.ToString());
    }

    [Theory]
    [InlineData("bytes=0-1,3-4")]
    [InlineData("bytes=9-1")]
    [InlineData("lines=0-1")]
    [InlineData("nonsense")]
    public async Task Get_RangeOfNoUse_IsAllOfIt(string range)
    {
        using var answer = await SendAsync(HttpMethod.Get, await UploadAsync(), ("Range", range));

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(_video, await answer.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task Get_RangeIfUnchanged_IsAPartOnlyOfTheSameBytes()
    {
        var path = await UploadAsync();

        using var same = await SendAsync(
            HttpMethod.Get, path, ("Range", "bytes=0-9"), ("If-Range", $"\"{path.Split('/')[2]}\""));
        using var other = await SendAsync(HttpMethod.Get, path, ("Range", "bytes=0-9"), ("If-Range", "\"other\""));

        Assert.Equal((HttpStatusCode.PartialContent, HttpStatusCode.OK), (same.StatusCode, other.StatusCode));
    }

    [Fact]
    public async Task Get_KnownTag_IsNotModified()
    {
        var path = await UploadAsync();

        using var known = await SendAsync(HttpMethod.Get, path, ("If-None-Match", $"\"{path.Split('/')[2]}\""));
        using var any = await SendAsync(HttpMethod.Get, path, ("If-None-Match", "*"));
        using var other = await SendAsync(HttpMethod.Get, path, ("If-None-Match", "\"other\""));

        Assert.Equal(
            (HttpStatusCode.NotModified, HttpStatusCode.NotModified, HttpStatusCode.OK),
            (known.StatusCode, any.StatusCode, other.StatusCode));
        Assert.Empty(await known.Content.ReadAsByteArrayAsync());
        Assert.NotNull(known.Headers.ETag);
    }

    [Fact]
    public async Task Head_HasTheHeadersAndNoBytes()
    {
        using var answer = await SendAsync(HttpMethod.Head, await UploadAsync());

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(_video.Length, answer.Content.Headers.ContentLength);
        Assert.Empty(await answer.Content.ReadAsByteArrayAsync());
    }

    [Theory]
    [InlineData("/media/{hash}/thumb")]
    [InlineData("/media/{hash}/ORIGINAL")]
    [InlineData("/media/{HASH}/original")]
    [InlineData("/media/{hash}/3")]
    [InlineData("/media/0000000000000000000000000000000000000000000000000000000000000000/original")]
    [InlineData("/media/../uploads/original")]
    [InlineData("/media/..%2f..%2fetc%2fpasswd/original")]
    [InlineData("/media/{hash}/..%2f..%2foriginal")]
    [InlineData("/media//original")]
    [InlineData("/media/{hash}/../{hash}/thumb")]
    [InlineData("/etc/passwd")]
    [InlineData("/")]
    public async Task Get_NoSuchPath_IsNotFound(string path)
    {
        var hash = (await UploadAsync()).Split('/')[2];
        var target = path.Replace("{hash}", hash, StringComparison.Ordinal)
            .Replace("{HASH}", hash.ToUpperInvariant(), StringComparison.Ordinal);

        // Past HttpClient, which tidies paths up.
        Assert.Contains(" 404 ", await SendRawAsync(target), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_PathWithNul_IsABadRequest() =>
        Assert.Contains(" 400 ", await SendRawAsync("/media/a%00/original"), StringComparison.Ordinal);

    [Fact]
    public async Task Get_Deleted_IsGoneAtOnceAndNotToBeKept()
    {
        var owner = MediaWorld.NewUser();
        var media = (await _world.UploadAsync(owner, MediaSamples.Png(20, 20, seed: 3))).Media;
        await _world.Client.DeleteMediaAsync(new DeleteMediaRequest { MediaId = media.Id }, MediaWorld.As(owner));

        using var answer = await _world.Http.GetAsync(media.Variants[0].UrlPath);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Equal("no-store", HeaderOf(answer, "Cache-Control"));
    }

    [Theory]
    [InlineData("POST")]
    [InlineData("DELETE")]
    [InlineData("PUT")]
    public async Task OtherMethods_AreNotAllowed(string method)
    {
        using var answer = await SendAsync(HttpMethod.Parse(method), await UploadAsync());

        Assert.Equal(HttpStatusCode.MethodNotAllowed, answer.StatusCode);
    }

    [Theory]
    [InlineData("application/grpc")]
    [InlineData("application/grpc-web+proto")]
    [InlineData("Application/gRPC-web-text")]
    public async Task Grpc_OnTheListenerForBrowsers_IsNotServed(string contentType)
    {
        using var content = new ByteArrayContent(new byte[5]);
        content.Headers.ContentType = new MediaTypeHeaderValue(contentType);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/daprsocial.media.v1.MediaService/DeleteMedia")
        {
            Content = content,
        };
        request.Headers.Add("daprsocial-actor", MediaWorld.NewUser().ToString());

        using var answer = await _world.Http.SendAsync(request);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    private async Task<string> UploadAsync() =>
        (await _world.UploadAsync(MediaWorld.NewUser(), _video)).Media.Variants[^1].UrlPath;

    private async Task<HttpResponseMessage> SendAsync(
        HttpMethod method, string path, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path);
        foreach (var (name, value) in headers)
            Assert.True(request.Headers.TryAddWithoutValidation(name, value));
        return await _world.Http.SendAsync(request);
    }

    private async Task<string> SendRawAsync(string target)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, _world.Http.BaseAddress!.Port);
        await using var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(
            $"GET {target} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"));
        using var reader = new StreamReader(stream);
        return (await reader.ReadLineAsync())!;
    }

    private static string HeaderOf(HttpResponseMessage answer, string name) =>
        string.Join(", ", answer.Headers.TryGetValues(name, out var values)
            ? values
            : answer.Content.Headers.GetValues(name));
}
