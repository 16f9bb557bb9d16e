using DaprSocial.Errors;
using DaprSocial.EventLog;
using DaprSocial.Media.Api;
using DaprSocial.Media.Domain;
using DaprSocial.Media.Storage;
using DaprSocial.Media.Uploads;
using DaprSocial.Media.V1;

namespace DaprSocial.Media.Commands;

internal sealed record AppendUpload(UploadId UploadId, UserId OwnerId, long Offset, ReadOnlyMemory<byte> Bytes);

internal sealed class AppendUploadHandler(CommandRunner commands, UploadFiles files)
{
    public Task<AppendUploadResponse> HandleAsync(
        AppendUpload command, CommandCall call, CancellationToken cancellationToken) =>
        commands.RunAsync(call, (transaction, token) => DecideAsync(command, transaction, token), cancellationToken);

    private async Task<AppendUploadResponse> DecideAsync(
        AppendUpload command, CommandTransaction transaction, CancellationToken cancellationToken)
    {
        var (id, end) = (command.UploadId, command.Offset + command.Bytes.Length);
        var (upload, isBusy) = await UploadStore.LockAsync(id, command.OwnerId, transaction, cancellationToken)
            ?? throw MediaErrors.UploadNotFound(id);
        if (upload.MediaId is not null)
            throw MediaErrors.WrongOffset(upload.Received);
        if (isBusy)
            throw Refusals.Conflict();
        if (end > upload.Size)
            throw MediaErrors.WrongSize(upload.Size);
        if (end <= upload.Received && await files.HasAsync(id, command.Offset, command.Bytes, cancellationToken))
            return new AppendUploadResponse { Upload = upload.ToProto() };
        if (command.Offset != upload.Received)
            throw MediaErrors.WrongOffset(upload.Received);

        // On disk before the row says so; should this not commit, the next call writes over it.
        await files.WriteAsync(id, command.Offset, command.Bytes, cancellationToken);
        await UploadStore.SetReceivedAsync(id, end, transaction, cancellationToken);
        return new AppendUploadResponse { Upload = (upload with { Received = end }).ToProto() };
    }
}
