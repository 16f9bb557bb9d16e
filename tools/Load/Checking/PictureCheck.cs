using System.Net;
using System.Security.Cryptography;
using System.Text;
using DaprSocial.Load.Driving;
using DaprSocial.Load.Generation;
using DaprSocial.Load.Reporting;
using DaprSocial.Media.V1;
using DaprSocial.Posts.V1;
using Grpc.Core;

namespace DaprSocial.Load.Checking;

/// <summary>
/// Opens the pictures of posts by their URLs as a browser does: what comes has the hash and size that the post names,
/// is what gRPC gives, and says nothing of where it was taken.
/// </summary>
internal sealed class PictureCheck(CheckContext context, Uri mediaAddress)
{
    private const string Listing = "pictures";

    private readonly Mesh _mesh = context.Mesh;
    private long _byteCount;
    private int _variantCount;

    public async Task<PictureFigures> RunAsync(
        IReadOnlyList<string> posts, IDemoProgress progress, CancellationToken cancellationToken)
    {
        using var http = new HttpClient { BaseAddress = mediaAddress, Timeout = CheckContext.CallTimeout };
        var request = new BatchGetPostsRequest { PostIds = { posts } };
        var answer = await _mesh.CallAsync(
            AppIds.Posts, null, CheckContext.CallTimeout, options => _mesh.Posts.BatchGetPostsAsync(request, options),
            cancellationToken);
        foreach (var (done, id) in posts.Index())
        {
            var view = answer.Views.FirstOrDefault(view => view.Post.Id == id);
            if (view?.Attachments is [{ State: AttachmentState.Available } shown])
                await CheckAsync(shown.Media, http, cancellationToken);
            else
                Differ(id, "one picture", view is null ? "no post" : view.Attachments.ToString(), "attachments");
            progress.Report("opening pictures", done + 1, posts.Count);
        }

        return new PictureFigures(posts.Count, _variantCount, _byteCount, SampleOf(answer));
    }

    private async Task CheckAsync(Media.V1.Media media, HttpClient http, CancellationToken cancellationToken)
    {
        foreach (var variant in media.Variants)
        {
            using var answer = await http.GetAsync(variant.UrlPath, cancellationToken);
            var bytes = await answer.Content.ReadAsByteArrayAsync(cancellationToken);
            _variantCount++;
            _byteCount += bytes.Length;
            var place = $"{variant.Variant}";
            if (answer.StatusCode != HttpStatusCode.OK)
                Differ(media.Id, "200", $"{(int)answer.StatusCode}", place);
            if (answer.Content.Headers.ContentType?.ToString() != variant.ContentType)
                Differ(media.Id, variant.ContentType, $"{answer.Content.Headers.ContentType}", place);
            if (Convert.ToHexStringLower(SHA256.HashData(bytes)) != variant.Hash || bytes.Length != variant.Size)
                Differ(media.Id, $"{variant.Size} bytes of {variant.Hash}", $"{bytes.Length} bytes, or others", place);
            var downloaded = await DownloadAsync(media, variant.Variant, cancellationToken);
            if (!downloaded.AsSpan().SequenceEqual(bytes))
                Differ(media.Id, "the bytes that gRPC gives", "others", place);
            if (bytes.AsSpan().IndexOf(Encoding.ASCII.GetBytes(PictureGenerator.Secret)) >= 0)
                Differ(media.Id, "no metadata", PictureGenerator.Secret, place);
        }
    }

    private async Task<byte[]> DownloadAsync(
        Media.V1.Media media, Variant variant, CancellationToken cancellationToken)
    {
        using var call = _mesh.Media.DownloadMedia(
            new DownloadMediaRequest { MediaId = media.Id, Variant = variant },
            _mesh.OptionsForStream(AppIds.Media, CheckContext.CallTimeout, cancellationToken));
        using var bytes = new MemoryStream();
        await foreach (var part in call.ResponseStream.ReadAllAsync(cancellationToken))
            part.Data.WriteTo(bytes);
        return bytes.ToArray();
    }

    private SamplePicture? SampleOf(BatchGetPostsResponse answer)
    {
        var view = answer.Views.FirstOrDefault(view => view.Attachments is [{ Media: not null }]);
        if (view is null)
            return null;
        var (shown, media) = (view.Attachments[0].Attachment, view.Attachments[0].Media);
        return new SamplePicture(
            view.Post.Id, view.Post.Text, shown.AltText, media.Width, media.Height, media.Blurhash,
            [.. media.Variants.Select(variant => new Uri(mediaAddress, variant.UrlPath).ToString())]);
    }

    private void Differ(string media, string expected, string actual, string place) => context.Differences.AddRange(
        [new Difference(DifferenceKind.WrongContent, Listing, media, expected, actual, place)]);
}
