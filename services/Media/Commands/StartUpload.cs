using DaprSocial.EventLog;
using DaprSocial.Events;
using DaprSocial.Media.Api;
using DaprSocial.Media.Domain;
using DaprSocial.Media.Storage;
using DaprSocial.Media.V1;
using Upload = DaprSocial.Media.Domain.Upload;

namespace DaprSocial.Media.Commands;

internal sealed record StartUpload(UserId OwnerId, long Size, string ContentType);

internal sealed class StartUploadHandler(CommandRunner commands)
{
    public Task<StartUploadResponse> HandleAsync(
        StartUpload command, CommandCall call, CancellationToken cancellationToken) =>
        commands.RunAsync(call, (transaction, token) => DecideAsync(command, transaction, token), cancellationToken);

    private static async Task<StartUploadResponse> DecideAsync(
        StartUpload command, CommandTransaction transaction, CancellationToken cancellationToken)
    {
        if (command.Size > MediaLimits.VideoBytesMax)
            throw MediaErrors.TooLarge(MediaLimits.VideoBytesMax);
        // Under the lock, so that a user's uploads are counted one after another.
        var stream = await transaction.LockStreamAsync(Topics.Media, command.OwnerId.Value, cancellationToken);
        var (count, bytes) = await UploadStore.CountOpenAsync(command.OwnerId, transaction, cancellationToken);
        if (count >= Upload.OpenCountMax || bytes + command.Size > Upload.OpenBytesMax)
            throw MediaErrors.Quota();
        var upload = new Upload(
            new UploadId(stream.NewId()), command.OwnerId, command.Size, command.ContentType, 0, null,
            transaction.Now + Upload.Lifetime);
        await UploadStore.InsertAsync(upload, transaction, cancellationToken);
        return new StartUploadResponse
        {
            Upload = upload.ToProto(), ChunkSizeMax = Upload.ChunkBytesMax, ConsistencyToken = stream.Token.ToString(),
        };
    }
}
