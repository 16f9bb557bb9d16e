using System.Security.Cryptography;
using DaprSocial.EventLog;
using DaprSocial.Media.Domain;
using DaprSocial.Media.Storage;
using DaprSocial.Media.Uploads;
using DaprSocial.Media.V1;

namespace DaprSocial.Media.Commands;

/// <param name="Chunks">The bytes as they come, each chunk checked for its size.</param>
internal sealed record UploadMedia(
    UserId OwnerId, long Size, string ContentType, IAsyncEnumerable<ReadOnlyMemory<byte>> Chunks);

/// <summary>
/// An upload in one call: begun, filled and finished as the others are, and forgotten when the call breaks.
/// </summary>
internal sealed class UploadMediaHandler(
    StartUploadHandler start, FinishUploadHandler finish, UploadStore uploads, UploadFiles files)
{
    /// <param name="command">What is uploaded.</param>
    /// <param name="call">Of the header; the bytes become a part of what its request id stands for.</param>
    /// <param name="cancellationToken">Breaks the call.</param>
    public async Task<UploadMediaResponse> HandleAsync(
        UploadMedia command, CommandCall call, CancellationToken cancellationToken)
    {
        var started = await start.HandleAsync(
            new StartUpload(command.OwnerId, command.Size, command.ContentType), call with { RequestId = "" },
            cancellationToken);
        var id = new UploadId(Guid.Parse(started.Upload.Id));
        var isFinished = false;
        try
        {
            var hash = await ReceiveAsync(id, command, cancellationToken);
            await uploads.SetReceivedAsync(id, command.Size, cancellationToken);
            var answer = await finish.HandleAsync(
                new FinishUpload(id, command.OwnerId),
                call with { BodyHash = SHA256.HashData([.. call.BodyHash, .. hash]) }, cancellationToken);
            // A repeated call got the first one's answer, and this one's bytes are not needed.
            isFinished = await IsFinishedAsync(id, command.OwnerId, answer, cancellationToken);
            return new UploadMediaResponse { Media = answer.Media, ConsistencyToken = answer.ConsistencyToken };
        }
        finally
        {
            if (!isFinished)
            {
                await uploads.DeleteAsync(id, CancellationToken.None);
                files.Delete(id);
            }
        }
    }

    private async Task<byte[]> ReceiveAsync(UploadId id, UploadMedia command, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await using var file = files.OpenToWrite(id, 0);
        await foreach (var chunk in command.Chunks.WithCancellation(cancellationToken))
        {
            if (file.Position + chunk.Length > command.Size)
                throw MediaErrors.WrongSize(command.Size);
            hash.AppendData(chunk.Span);
            await file.WriteAsync(chunk, cancellationToken);
        }

        return file.Position == command.Size ? hash.GetHashAndReset() : throw MediaErrors.WrongSize(command.Size);
    }

    private async Task<bool> IsFinishedAsync(
        UploadId id, UserId owner, FinishUploadResponse answer, CancellationToken cancellationToken)
    {
        var upload = await uploads.FindAsync(id, owner, DateTimeOffset.MinValue, cancellationToken);
        return upload?.MediaId?.ToString() == answer.Media.Id;
    }
}
