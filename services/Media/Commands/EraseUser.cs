using DaprSocial.EventLog;
using DaprSocial.Events;
using DaprSocial.Events.V1;
using DaprSocial.Media.Blobs;
using DaprSocial.Media.Storage;
using DaprSocial.Media.Uploads;
using DaprSocial.Media.V1;

namespace DaprSocial.Media.Commands;

/// <param name="UserId">Who is erased.</param>
/// <param name="ById">Who erases.</param>
internal sealed record EraseUser(UserId UserId, UserId ById);

/// <summary>
/// Ends a user's media and uploads, some in each call, and their bytes with them; then what the log still says of them.
/// </summary>
internal sealed class EraseUserHandler(CommandRunner commands, BlobKeeper keeper, UploadFiles files)
{
    /// <summary>Bounds a transaction: each row comes with an event.</summary>
    internal const int RowCountMax = 200;

    private const int BlobCountMax = 1000;

    private static readonly string[] _types = [MediaReady.Descriptor.FullName];

    public async Task<EraseUserResponse> HandleAsync(
        EraseUser command, CommandCall call, CancellationToken cancellationToken)
    {
        IReadOnlyList<UploadId> uploads = [];
        var answer = await commands.RunAsync(
            call,
            async (transaction, token) =>
            {
                (var decided, uploads) = await DecideAsync(command, transaction, token);
                return decided;
            },
            cancellationToken);
        foreach (var upload in uploads)
            files.Delete(upload);
        // After the commit. All that nobody needs goes: a call before may have ended here.
        var blobs = await keeper.CollectAsync(
            await keeper.ListNeedlessAsync(BlobCountMax, CancellationToken.None), CancellationToken.None);
        if (blobs > 0)
        {
            answer.Erased.Add(new ErasedRows { Table = "media.blob", RowCount = blobs });
            // There may be more of them than one call takes.
            answer.Complete = false;
        }

        return answer;
    }

    private static async Task<(EraseUserResponse Answer, IReadOnlyList<UploadId> Uploads)> DecideAsync(
        EraseUser command, CommandTransaction transaction, CancellationToken cancellationToken)
    {
        var user = command.UserId;
        var stream = await transaction.LockErasedStreamAsync(Topics.Media, user.Value, cancellationToken);
        var uploads = await UploadStore.DeleteAllAsync(user, transaction, cancellationToken);
        var some = await MediaStore.LockSomeAsync(user, RowCountMax, transaction, cancellationToken);
        var (deleted, _) = await MediaStore.DeleteAsync(some, transaction, cancellationToken);
        foreach (var (id, version) in deleted)
        {
            var tombstone = new MediaDeleted { MediaId = id.ToString(), OwnerId = user.ToString() };
            stream.Append(tombstone, id.ToString(), version);
        }

        var log = new LogErasure(user.Value, command.ById.Value, [Topics.Media], _types);
        var (erased, isComplete) = await log.RunAsync(AppIds.Media, transaction, cancellationToken);
        ErasedRows[] rows =
        [
            new() { Table = "media.media", RowCount = deleted.Count },
            new() { Table = "media.upload", RowCount = uploads.Count },
        ];
        var answer = new EraseUserResponse
        {
            Erased = { rows.Where(table => table.RowCount > 0).Concat(erased) },
            // The events that this call records have no place in the log before it commits.
            Complete = isComplete && deleted.Count == 0,
            ConsistencyToken = stream.Token.ToString(),
        };
        return (answer, uploads);
    }
}
