using DaprSocial.EventLog;
using DaprSocial.Events;
using DaprSocial.Posts.Domain;
using DaprSocial.Posts.Storage;
using DaprSocial.Posts.V1;

namespace DaprSocial.Posts.Commands;

internal sealed record DeletePost(UserId ActorId, PostId PostId);

internal sealed class DeletePostHandler(CommandRunner commands)
{
    public Task<DeletePostResponse> HandleAsync(
        DeletePost command, CommandCall call, CancellationToken cancellationToken) =>
        commands.RunAsync(call, (transaction, token) => DecideAsync(command, transaction, token), cancellationToken);

    private static async Task<DeletePostResponse> DecideAsync(
        DeletePost command, CommandTransaction transaction, CancellationToken cancellationToken)
    {
        var stream = await transaction.LockStreamAsync(Topics.Posts, command.ActorId.Value, cancellationToken);
        var post = await PostStore.LockAsync(command.PostId, transaction, cancellationToken)
            ?? throw PostErrors.NotFound(command.PostId);
        if (post.AuthorId != command.ActorId)
            throw PostErrors.NotOwner(command.PostId);
        if (!post.IsDeleted)
        {
            var tombstone = post.Delete();
            await PostStore.UpdateAsync(tombstone, transaction, cancellationToken);
            var deleted = new PostDeleted
            {
                PostId = post.Id.ToString(),
                AuthorId = post.AuthorId.ToString(),
                ReplyTo = post.ReplyTo?.ToString() ?? "",
            };
            stream.Append(deleted, post.Id.ToString(), tombstone.EntityVersion);
        }

        return new DeletePostResponse { Changed = !post.IsDeleted, ConsistencyToken = stream.Token.ToString() };
    }
}
