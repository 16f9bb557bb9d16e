using DaprSocial.Consistency;
using DaprSocial.EventLog;
using DaprSocial.Events;
using DaprSocial.Posts.Domain;
using DaprSocial.Posts.Storage;
using DaprSocial.Posts.V1;
using Google.Protobuf;

namespace DaprSocial.Posts.Commands;

/// <summary>
/// What liking and its end have in common: the reaction is set, and an event tells of it if it changed.
/// </summary>
internal sealed class ReactionDecision(PostViewStore views)
{
    public async Task<(bool IsChanged, ConsistencyToken State)> SetAsync(
        UserId actor, PostId postId, bool isLiked, CommandTransaction transaction, CancellationToken cancellationToken)
    {
        // A topic of its own: likes never delay posts. The post's row is read, not locked: a hot post has many likers.
        var stream = await transaction.LockStreamAsync(Topics.Reactions, actor.Value, cancellationToken);
        if (await PostStore.FindAsync(postId, transaction, cancellationToken) is not { IsDeleted: false } post)
            throw PostErrors.NotFound(postId);
        // A like from before a block can be taken back.
        if (isLiked && await views.AreBlockedAsync(actor, post.AuthorId, cancellationToken))
            throw PostErrors.Blocked(postId);
        var (wasLiked, version) = await PostStore.LockReactionAsync(actor, postId, transaction, cancellationToken);
        if (wasLiked != isLiked)
        {
            await PostStore.PutReactionAsync(actor, postId, isLiked, version + 1, transaction, cancellationToken);
            stream.Append(EventOf(actor, postId, isLiked), $"{postId}:{actor}", version + 1);
        }

        return (wasLiked != isLiked, stream.Token);
    }

    private static IMessage EventOf(UserId actor, PostId postId, bool isLiked) => isLiked
        ? new PostLiked { PostId = postId.ToString(), UserId = actor.ToString() }
        : new PostUnliked { PostId = postId.ToString(), UserId = actor.ToString() };
}
