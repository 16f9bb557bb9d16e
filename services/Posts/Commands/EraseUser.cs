using DaprSocial.EventLog;
using DaprSocial.Events;
using DaprSocial.Events.V1;
using DaprSocial.Posts.Storage;
using DaprSocial.Posts.V1;

namespace DaprSocial.Posts.Commands;

/// <param name="UserId">Who is erased.</param>
/// <param name="ById">Who erases.</param>
internal sealed record EraseUser(UserId UserId, UserId ById);

/// <summary>Ends a user's posts and likes, some in each call; then what the log still says of them.</summary>
internal sealed class EraseUserHandler(CommandRunner commands)
{
    /// <summary>Bounds a transaction: each row comes with an event.</summary>
    internal const int RowCountMax = 500;

    private static readonly string[] _types = [PostCreated.Descriptor.FullName, PostLiked.Descriptor.FullName];

    public Task<EraseUserResponse> HandleAsync(
        EraseUser command, CommandCall call, CancellationToken cancellationToken) =>
        commands.RunAsync(call, (transaction, token) => DecideAsync(command, transaction, token), cancellationToken);

    private static async Task<EraseUserResponse> DecideAsync(
        EraseUser command, CommandTransaction transaction, CancellationToken cancellationToken)
    {
        var user = command.UserId;
        var posts = await transaction.LockErasedStreamAsync(Topics.Posts, user.Value, cancellationToken);
        var reactions = await transaction.LockErasedStreamAsync(Topics.Reactions, user.Value, cancellationToken);
        var deleted = await PostStore.DeleteSomeAsync(user, RowCountMax, transaction, cancellationToken);
        foreach (var (post, replyTo, version) in deleted)
        {
            var tombstone = new PostDeleted
            {
                PostId = post.ToString(), AuthorId = user.ToString(), ReplyTo = replyTo?.ToString() ?? "",
            };
            posts.Append(tombstone, post.ToString(), version);
        }

        var unliked = await PostStore.UnlikeSomeAsync(user, RowCountMax, transaction, cancellationToken);
        foreach (var (post, version) in unliked)
        {
            var ended = new PostUnliked { PostId = post.ToString(), UserId = user.ToString() };
            reactions.Append(ended, $"{post}:{user}", version);
        }

        var log = new LogErasure(user.Value, command.ById.Value, [Topics.Posts, Topics.Reactions], _types);
        var (erased, isComplete) = await log.RunAsync(AppIds.Posts, transaction, cancellationToken);
        ErasedRows[] rows =
        [
            new() { Table = "posts.post", RowCount = deleted.Count },
            new() { Table = "posts.reaction", RowCount = unliked.Count },
        ];
        return new EraseUserResponse
        {
            Erased = { rows.Where(table => table.RowCount > 0).Concat(erased) },
            // The events that this call records have no place in the log before it commits.
            Complete = isComplete && deleted.Count + unliked.Count == 0,
            ConsistencyToken = posts.Token.Merge(reactions.Token).ToString(),
        };
    }
}
