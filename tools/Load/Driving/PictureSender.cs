using System.Globalization;
using DaprSocial.Load.Generation;
using DaprSocial.Load.Planning;
using DaprSocial.Media.V1;
using DaprSocial.Posts.V1;
using Google.Protobuf;

namespace DaprSocial.Load.Driving;

/// <summary>Lets some of the demo's people post pictures. Those that an earlier run posted are there already.</summary>
internal sealed class PictureSender(Mesh mesh, DemoPlan plan, RequestLog log, RunLedger ledger, TokenBook tokens)
{
    public const int PictureCount = 12;

    private static readonly TimeSpan _callTimeout = TimeSpan.FromSeconds(60);

    /// <returns>The posts, in the order of their pictures.</returns>
    public async Task<IReadOnlyList<string>> SendAsync(
        long seed, IDemoProgress progress, CancellationToken cancellationToken)
    {
        var posts = new List<string>();
        var count = Math.Min(PictureCount, plan.Users.Count);
        for (var number = 0; number < count; number++)
        {
            var key = string.Create(
                CultureInfo.InvariantCulture, $"{RequestIds.PrefixOf(plan.Graph.Key)}picture.{seed}.{number}");
            posts.Add(log.Requests.TryGetValue(key, out var logged)
                ? logged.EntityId
                : await PostAsync(ledger.UserId(number), key, number, cancellationToken));
            progress.Report("pictures", number + 1, count);
        }

        return posts;
    }

    private async Task<string> PostAsync(
        Guid author, string key, int number, CancellationToken cancellationToken)
    {
        var uploaded = await UploadAsync(author, key, PictureGenerator.Draw(key), cancellationToken);
        var request = new CreatePostRequest
        {
            Text = string.Create(CultureInfo.InvariantCulture, $"My view tonight, number {number + 1}."),
            Media =
            {
                new MediaAttachment { MediaId = uploaded.Media.Id, AltText = "Houses with lit windows at dusk" },
            },
            RequestId = key,
            ConsistencyToken = uploaded.ConsistencyToken,
        };
        var created = await mesh.CallAsync(
            AppIds.Posts, author, _callTimeout, options => mesh.Posts.CreatePostAsync(request, options),
            cancellationToken);
        tokens.Observe(author, created.ConsistencyToken);
        return created.Post.Id;
    }

    /// <summary>In steps that can each be repeated.</summary>
    private async Task<FinishUploadResponse> UploadAsync(
        Guid owner, string key, byte[] picture, CancellationToken cancellationToken)
    {
        var start = new StartUploadRequest { Size = picture.Length, ContentType = "image/png", RequestId = key };
        var started = await mesh.CallAsync(
            AppIds.Media, owner, _callTimeout, options => mesh.Media.StartUploadAsync(start, options),
            cancellationToken);
        for (var offset = 0; offset < picture.Length; offset += started.ChunkSizeMax)
        {
            var chunk = new AppendUploadRequest
            {
                UploadId = started.Upload.Id, Offset = offset,
                Data = ByteString.CopyFrom(picture, offset, Math.Min(started.ChunkSizeMax, picture.Length - offset)),
            };
            await mesh.CallAsync(
                AppIds.Media, owner, _callTimeout, options => mesh.Media.AppendUploadAsync(chunk, options),
                cancellationToken);
        }

        var finish = new FinishUploadRequest { UploadId = started.Upload.Id };
        var finished = await mesh.CallAsync(
            AppIds.Media, owner, _callTimeout, options => mesh.Media.FinishUploadAsync(finish, options),
            cancellationToken);
        tokens.Observe(owner, finished.ConsistencyToken);
        return finished;
    }
}
