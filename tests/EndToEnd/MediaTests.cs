using DaprSocial.EndToEnd.Tests.Mesh;
using DaprSocial.Media.V1;
using DaprSocial.Posts.V1;
using DaprSocial.Testing;
using DaprSocial.Timelines.V1;
using Google.Protobuf;
using Grpc.Core;

namespace DaprSocial.EndToEnd.Tests;

/// <summary>Media from the upload to a timeline.</summary>
[Collection(MeshCollection.Name)]
public sealed class MediaTests(MeshFixture fixture)
{
    private const int Seed = 20_261_121;

    private readonly TestMesh _mesh = fixture.Mesh;

    [Fact]
    public async Task Upload_TenMegabytesCutAtAnyByte_GoOnAndAreTheSameBytes()
    {
        // A video is kept as it is, so that its bytes can be compared with those that were sent.
        var sent = MediaSamples.Mp4(10 * 1024 * 1024, Seed);
        var cut = new Random(Seed).Next(sent.Length);
        var ann = (await _mesh.CreatePeopleAsync("ann")).Single();
        var id = (await _mesh.Media.StartUploadAsync(
            new StartUploadRequest { Size = sent.Length, ContentType = "video/mp4" }, ann.Headers)).Upload.Id;
        await SendAsync(ann, id, sent[..cut], 0);
        // The connection breaks: nobody knows what of this has arrived.
        using (var broken = new CancellationTokenSource())
        {
            var sending = _mesh.Media.AppendUploadAsync(
                RequestOf(id, cut, sent[cut..Math.Min(cut + 500_000, sent.Length)]),
                new CallOptions(ann.Headers, cancellationToken: broken.Token));
            await broken.CancelAsync();
            await Assert.ThrowsAsync<RpcException>(() => sending.ResponseAsync);
        }

        var offset = (await _mesh.Media.GetUploadAsync(new GetUploadRequest { UploadId = id }, ann.Headers))
            .Upload.Offset;
        Assert.InRange(offset, cut, cut + 500_000);
        try
        {
            await SendAsync(ann, id, sent, offset);
        }
        catch (RpcException refusal) when (refusal.StatusCode == StatusCode.FailedPrecondition)
        {
            // The broken call arrived after all, after the question; the answer says where to go on.
            await SendAsync(ann, id, sent, cut + 500_000);
        }

        var media = (await _mesh.Media.FinishUploadAsync(
            new FinishUploadRequest { UploadId = id }, ann.Headers)).Media;

        Assert.Equal(sent, await DownloadAsync(media));
        using var http = new HttpClient { BaseAddress = _mesh.Ports.ServiceHttpAddress("media") };
        Assert.Equal(sent, await http.GetByteArrayAsync(media.Variants.Single().UrlPath));
    }

    [Fact]
    public async Task CreatePost_WithAnImage_ShowsItInTimelines()
    {
        var people = await _mesh.CreatePeopleAsync("ann", "ben");
        var (ann, ben) = (people[0], people[1]);
        await _mesh.FollowAsync(ben, ann);
        var uploaded = await _mesh.UploadAsync(ann, await MediaSamples.JpegWithExifAsync(60, 40, Seed));

        // At once: the token makes Posts wait for what it does not know yet.
        var post = await _mesh.AttachAsync(ann, uploaded, "a gradient");

        Assert.Equal(("a gradient", uploaded.Media.Id), (post.Media.Single().AltText, post.Media.Single().MediaId));
        await _mesh.DrainAsync();
        var home = await _mesh.Timelines.ListHomeTimelineAsync(new ListHomeTimelineRequest(), ben.Headers);
        var shown = home.Entries.Single().Post.Attachments.Single();
        Assert.Equal((AttachmentState.Available, uploaded.Media), (shown.State, shown.Media));
        using var http = new HttpClient { BaseAddress = _mesh.Ports.ServiceHttpAddress("media") };
        foreach (var variant in shown.Media.Variants)
        {
            var bytes = await http.GetByteArrayAsync(variant.UrlPath);
            Assert.Equal(variant.Size, bytes.Length);
            Assert.False(bytes.AsSpan().IndexOf("GPS"u8) >= 0);
        }
    }

    [Fact]
    public async Task DeleteMedia_ThatAPostShows_LeavesThePostWithWhatItWas()
    {
        var ann = (await _mesh.CreatePeopleAsync("ann")).Single();
        var uploaded = await _mesh.UploadAsync(ann, MediaSamples.Png(20, 20, Seed));
        var post = await _mesh.AttachAsync(ann, uploaded, "gone soon");

        await _mesh.Media.DeleteMediaAsync(new DeleteMediaRequest { MediaId = uploaded.Media.Id }, ann.Headers);
        await _mesh.DrainAsync();

        var shown = (await _mesh.FindAsync(post, ann))!.Attachments.Single();
        Assert.Equal((AttachmentState.Deleted, "gone soon"), (shown.State, shown.Attachment.AltText));
        Assert.Null(shown.Media);
        await _mesh.AssertRefusedAsync(
            () => CreateAsync(ann, Attachment(uploaded, "again")), StatusCode.NotFound, "MEDIA_NOT_FOUND", "media");
    }

    [Fact]
    public async Task CreatePost_MediaThatMayNotBeAttached_IsRefused()
    {
        var people = await _mesh.CreatePeopleAsync("ann", "eve");
        var (ann, eve) = (people[0], people[1]);
        var uploaded = await _mesh.UploadAsync(ann, MediaSamples.Png(20, 20, Seed));
        var upload = await _mesh.Media.StartUploadAsync(new StartUploadRequest { Size = 10 }, ann.Headers);
        await _mesh.DrainAsync();
        var good = Attachment(uploaded, "a square");

        await RefusedAsync(eve, StatusCode.PermissionDenied, "NOT_OWNER", good);
        await RefusedAsync(ann, StatusCode.InvalidArgument, "ALT_TEXT_MISSING", Attachment(uploaded, " "));
        await RefusedAsync(ann, StatusCode.NotFound, "MEDIA_NOT_FOUND", new MediaAttachment { MediaId = ann.Id });
        await RefusedAsync(
            ann, StatusCode.NotFound, "MEDIA_NOT_FOUND", new MediaAttachment { MediaId = upload.Upload.Id });
        await RefusedAsync(ann, StatusCode.InvalidArgument, "INVALID_FIELD", good, good);
        await RefusedAsync(ann, StatusCode.InvalidArgument, "INVALID_FIELD", [.. Enumerable.Repeat(good, 5)]);
        await RefusedAsync(
            ann, StatusCode.InvalidArgument, "INVALID_FIELD", Attachment(uploaded, new string('x', 1001)));
        await RefusedAsync(ann, StatusCode.InvalidArgument, "INVALID_ID", new MediaAttachment { MediaId = "../x" });
        Assert.Single((await CreateAsync(ann, good)).Post.Media);
    }

    [Fact]
    public async Task CreatePost_VideoWithoutText_IsTaken()
    {
        var ann = (await _mesh.CreatePeopleAsync("ann")).Single();
        var uploaded = await _mesh.UploadAsync(ann, MediaSamples.Mp4(2000, Seed));

        var post = await _mesh.AttachAsync(ann, uploaded, "");

        await _mesh.DrainAsync();
        Assert.Equal(MediaType.Mp4, (await _mesh.FindAsync(post, ann))!.Attachments.Single().Media.Type);
    }

    [Fact]
    public async Task GetMedia_TokenOfTheUpload_IsAnsweredForBytesThatAreServed()
    {
        var ann = (await _mesh.CreatePeopleAsync("ann")).Single();
        var uploaded = await _mesh.UploadAsync(ann, MediaSamples.Gif(20, 20, frameCount: 2));

        var found = await _mesh.Media.GetMediaAsync(
            new GetMediaRequest { MediaId = uploaded.Media.Id, ConsistencyToken = uploaded.ConsistencyToken });

        Assert.True(found.Freshness.Satisfied);
        Assert.Equal(uploaded.Media, found.Media);
    }

    private async Task RefusedAsync(
        Person author, StatusCode code, string reason, params MediaAttachment[] media) =>
        await _mesh.AssertRefusedAsync(() => CreateAsync(author, media), code, reason, "media");

    private AsyncUnaryCall<CreatePostResponse> CreateAsync(Person author, params MediaAttachment[] media) =>
        _mesh.Posts.CreatePostAsync(new CreatePostRequest { Text = "look", Media = { media } }, author.Headers);

    private async Task SendAsync(Person owner, string id, byte[] bytes, long offset)
    {
        for (; offset < bytes.Length; offset += 700_001)
        {
            var end = Math.Min(offset + 700_001, bytes.Length);
            await _mesh.Media.AppendUploadAsync(RequestOf(id, offset, bytes[(int)offset..(int)end]), owner.Headers);
        }
    }

    private async Task<byte[]> DownloadAsync(Media.V1.Media media)
    {
        using var call = _mesh.Media.DownloadMedia(new DownloadMediaRequest { MediaId = media.Id });
        using var bytes = new MemoryStream();
        await foreach (var part in call.ResponseStream.ReadAllAsync())
            part.Data.WriteTo(bytes);
        return bytes.ToArray();
    }

    private static AppendUploadRequest RequestOf(string id, long offset, byte[] bytes) =>
        new() { UploadId = id, Offset = offset, Data = ByteString.CopyFrom(bytes) };

    private static MediaAttachment Attachment(UploadMediaResponse uploaded, string altText) =>
        new() { MediaId = uploaded.Media.Id, AltText = altText };
}
