using DaprSocial.EventLog;
using DaprSocial.Events;
using DaprSocial.Media.Blobs;
using DaprSocial.Media.Domain;
using DaprSocial.Media.Storage;
using DaprSocial.Media.V1;

namespace DaprSocial.Media.Commands;

internal sealed record DeleteMedia(UserId ActorId, MediaId MediaId);

internal sealed class DeleteMediaHandler(CommandRunner commands, BlobKeeper keeper)
{
    public async Task<DeleteMediaResponse> HandleAsync(
        DeleteMedia command, CommandCall call, CancellationToken cancellationToken)
    {
        IReadOnlyList<BlobHash> blobs = [];
        var answer = await commands.RunAsync(
            call,
            async (transaction, token) =>
            {
                (var decided, blobs) = await DecideAsync(command, transaction, token);
                return decided;
            },
            cancellationToken);
        // After the commit. Should it not come to this, the collector finds them.
        await keeper.CollectAsync(blobs, CancellationToken.None);
        return answer;
    }

    private static async Task<(DeleteMediaResponse Answer, IReadOnlyList<BlobHash> Blobs)> DecideAsync(
        DeleteMedia command, CommandTransaction transaction, CancellationToken cancellationToken)
    {
        var (actor, id) = (command.ActorId, command.MediaId);
        var stream = await transaction.LockStreamAsync(Topics.Media, actor.Value, cancellationToken);
        var medium = await MediaStore.LockAsync(id, transaction, cancellationToken) ?? throw MediaErrors.NotFound(id);
        if (medium.OwnerId != actor)
            throw MediaErrors.NotOwner(id);
        IReadOnlyList<BlobHash> blobs = [];
        if (!medium.IsDeleted)
        {
            (var deleted, blobs) = await MediaStore.DeleteAsync([id], transaction, cancellationToken);
            var tombstone = new MediaDeleted { MediaId = id.ToString(), OwnerId = actor.ToString() };
            stream.Append(tombstone, id.ToString(), deleted[0].Version);
        }

        var answer = new DeleteMediaResponse
        {
            Changed = !medium.IsDeleted, ConsistencyToken = stream.Token.ToString(),
        };
        return (answer, blobs);
    }
}
