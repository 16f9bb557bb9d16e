using DaprSocial.Hosting;
using DaprSocial.Media.V1;
using DaprSocial.Posts.V1;
using Grpc.Core;
using Microsoft.Extensions.Logging;

namespace DaprSocial.Posts.Queries;

/// <summary>Adds to posts what Media knows of what they show. Without Media they are shown without it.</summary>
internal sealed class AttachmentViews(
    MediaService.MediaServiceClient media, TimeProvider clock, ILogger<AttachmentViews> logger)
{
    // Most of what one call asks for; 100 posts have at most four times as many.
    private const int IdsMax = RequestFields.BatchIdsMax;
    private static readonly TimeSpan _timeout = TimeSpan.FromSeconds(2);

    public async Task AddAsync(IReadOnlyCollection<PostView> views, CancellationToken cancellationToken)
    {
        var ids = views.SelectMany(view => view.Post.Media).Select(one => one.MediaId).Distinct().ToList();
        if (ids.Count == 0)
            return;
        var answers = await Task.WhenAll(ids.Chunk(IdsMax).Select(some => AskAsync(some, cancellationToken)));
        var known = answers.OfType<BatchGetMediaResponse>().SelectMany(answer => answer.Media)
            .ToDictionary(medium => medium.Id);
        var missing = answers.OfType<BatchGetMediaResponse>().SelectMany(answer => answer.MissingIds).ToHashSet();
        foreach (var view in views)
        {
            view.Attachments.AddRange(view.Post.Media.Select(
                attachment => ToView(attachment, known.GetValueOrDefault(attachment.MediaId), missing)));
        }
    }

    private static AttachmentView ToView(
        MediaAttachment attachment, Media.V1.Media? medium, HashSet<string> missing) => new()
        {
            Attachment = attachment,
            State = medium is not null ? AttachmentState.Available
                // It was there when it was attached.
                : missing.Contains(attachment.MediaId) ? AttachmentState.Deleted
                : AttachmentState.Unknown,
            Media = medium,
        };

    /// <returns>Null when Media does not answer.</returns>
    private async Task<BatchGetMediaResponse?> AskAsync(string[] ids, CancellationToken cancellationToken)
    {
        try
        {
            return await media.BatchGetMediaAsync(
                new BatchGetMediaRequest { MediaIds = { ids } },
                OutgoingCall.Options(null, _timeout, clock, cancellationToken));
        }
        catch (RpcException exception) when (!cancellationToken.IsCancellationRequested)
        {
            PostsLog.MediaUnavailable(logger, ids.Length, exception);
            return null;
        }
    }
}
