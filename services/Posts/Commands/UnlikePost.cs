using DaprSocial.EventLog;
using DaprSocial.Posts.V1;

namespace DaprSocial.Posts.Commands;

internal sealed record UnlikePost(UserId ActorId, PostId PostId);

internal sealed class UnlikePostHandler(CommandRunner commands, ReactionDecision reaction)
{
    public Task<UnlikePostResponse> HandleAsync(
        UnlikePost command, CommandCall call, CancellationToken cancellationToken) =>
        commands.RunAsync(
            call,
            async (transaction, token) =>
            {
                var (isChanged, state) = await reaction.SetAsync(
                    command.ActorId, command.PostId, isLiked: false, transaction, token);
                return new UnlikePostResponse { Changed = isChanged, ConsistencyToken = state.ToString() };
            },
            cancellationToken);
}
