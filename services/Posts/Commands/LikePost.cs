using DaprSocial.EventLog;
using DaprSocial.Posts.V1;

namespace DaprSocial.Posts.Commands;

internal sealed record LikePost(UserId ActorId, PostId PostId);

internal sealed class LikePostHandler(CommandRunner commands, ReactionDecision reaction)
{
    public Task<LikePostResponse> HandleAsync(
        LikePost command, CommandCall call, CancellationToken cancellationToken) =>
        commands.RunAsync(
            call,
            async (transaction, token) =>
            {
                var (isChanged, state) = await reaction.SetAsync(
                    command.ActorId, command.PostId, isLiked: true, transaction, token);
                return new LikePostResponse { Changed = isChanged, ConsistencyToken = state.ToString() };
            },
            cancellationToken);
}
