using DaprSocial.Errors;
using DaprSocial.EventLog;
using DaprSocial.Events;
using DaprSocial.Media.Api;
using DaprSocial.Media.Blobs;
using DaprSocial.Media.Domain;
using DaprSocial.Media.Images;
using DaprSocial.Media.Storage;
using DaprSocial.Media.Uploads;
using DaprSocial.Media.V1;

namespace DaprSocial.Media.Commands;

internal sealed record FinishUpload(UploadId UploadId, UserId OwnerId);

/// <summary>
/// Works on the bytes first, outside of any transaction; brings what came out into the store; then decides in one.
/// Until that commits nothing of it is to be seen, and what a crash leaves is collected.
/// </summary>
internal sealed class FinishUploadHandler(
    CommandRunner commands, UploadStore uploads, UploadFiles files, MediaProcessor processor, IMediaScanner scanner,
    BlobKeeper keeper, MediaUrls urls, TimeProvider clock)
{
    // Longer than all that a call may take: four runs of libvips and the store.
    private static readonly TimeSpan _claimed = TimeSpan.FromMinutes(5);

    public async Task<FinishUploadResponse> HandleAsync(
        FinishUpload command, CommandCall call, CancellationToken cancellationToken)
    {
        var (id, now) = (command.UploadId, clock.GetUtcNow());
        if (await uploads.TryClaimAsync(id, command.OwnerId, now, now + _claimed, cancellationToken))
            return await FinishAsync(command, call, cancellationToken);

        var upload = await uploads.FindAsync(id, command.OwnerId, now, cancellationToken)
            ?? throw MediaErrors.UploadNotFound(id);
        if (upload.MediaId is null)
        {
            throw upload.Received < upload.Size
                ? MediaErrors.Incomplete(upload.Received, upload.Size)
                : Refusals.Conflict();
        }

        return await DecideAsync(command, null, call, cancellationToken);
    }

    private async Task<FinishUploadResponse> FinishAsync(
        FinishUpload command, CommandCall call, CancellationToken cancellationToken)
    {
        var id = command.UploadId;
        var folder = files.CreateFolder(id);
        var isFinished = false;
        try
        {
            var medium = await ProcessAsync(command, folder, cancellationToken);
            foreach (var file in medium.Files)
            {
                await keeper.PutAsync(id, file.Variant.Hash, file.Variant.Size, file.Path, cancellationToken);
            }

            var answer = await DecideAsync(command, medium, call, cancellationToken);
            isFinished = true;
            files.Delete(id);
            return answer;
        }
        catch (ServiceException refusal) when (MediaErrors.IsForContent(refusal))
        {
            // The same bytes would be refused again; whatever happens to the call, they are not kept.
            isFinished = true;
            await uploads.DeleteAsync(id, CancellationToken.None);
            files.Delete(id);
            throw;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
            // Given up for another reason: somebody may try again at once.
            if (!isFinished)
                await uploads.ReleaseAsync(id, CancellationToken.None);
        }
    }

    private async Task<ProcessedMedium> ProcessAsync(
        FinishUpload command, string folder, CancellationToken cancellationToken)
    {
        var upload = await uploads.FindAsync(
            command.UploadId, command.OwnerId, clock.GetUtcNow(), cancellationToken)
            ?? throw MediaErrors.UploadNotFound(command.UploadId);
        var medium = await processor.ProcessAsync(
            files.PathOf(upload.Id), upload.ContentType, folder, cancellationToken);
        return await scanner.AcceptsAsync(medium.Files[^1].Path, medium, cancellationToken)
            ? medium
            : throw MediaErrors.Refused();
    }

    private async Task<FinishUploadResponse> DecideAsync(
        FinishUpload command, ProcessedMedium? processed, CommandCall call, CancellationToken cancellationToken)
    {
        var answer = await commands.RunAsync(
            call, (transaction, token) => DecideAsync(command, processed, transaction, token), cancellationToken);
        // Not in what is stored under the request id: a signature ends earlier than that.
        urls.AddTo(answer.Media);
        return answer;
    }

    private static async Task<FinishUploadResponse> DecideAsync(
        FinishUpload command, ProcessedMedium? processed, CommandTransaction transaction,
        CancellationToken cancellationToken)
    {
        var id = command.UploadId;
        var stream = await transaction.LockStreamAsync(Topics.Media, command.OwnerId.Value, cancellationToken);
        var (upload, _) = await UploadStore.LockAsync(id, command.OwnerId, transaction, cancellationToken)
            ?? throw MediaErrors.UploadNotFound(id);
        var medium = upload.MediaId is { } known
            ? await MediaStore.LockAsync(known, transaction, cancellationToken)
            : null;
        if (upload.MediaId is { } gone && medium is not { IsDeleted: false })
            throw MediaErrors.NotFound(gone);
        if (medium is null)
        {
            medium = new Medium(
                new MediaId(stream.NewId()), command.OwnerId, processed!.Type, processed.DurationMs,
                processed.Blurhash, [.. processed.Files.Select(file => file.Variant)], IsDeleted: false,
                EntityVersion: 1);
            await MediaStore.InsertAsync(medium, transaction, cancellationToken);
            await UploadStore.SetMediaAsync(id, medium.Id, transaction, cancellationToken);
            stream.Append(new MediaReady { Media = medium.ToProto() }, medium.Id.ToString(), medium.EntityVersion);
        }

        return new FinishUploadResponse { Media = medium.ToProto(), ConsistencyToken = stream.Token.ToString() };
    }
}
