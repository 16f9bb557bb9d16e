using DaprSocial.EventLog;
using DaprSocial.Events;
using DaprSocial.Media.V1;
using DaprSocial.Posts.Api;
using DaprSocial.Posts.Domain;
using DaprSocial.Posts.Storage;
using DaprSocial.Posts.V1;
using Post = DaprSocial.Posts.Domain.Post;

namespace DaprSocial.Posts.Commands;

internal sealed record CreatePost(
    UserId AuthorId, PostText Text, PostId? ReplyTo, string Language, Visibility Visibility,
    IReadOnlyList<PostAttachment> Media);

internal sealed class CreatePostHandler(CommandRunner commands, PostViewStore views)
{
    public Task<CreatePostResponse> HandleAsync(
        CreatePost command, CommandCall call, CancellationToken cancellationToken) =>
        commands.RunAsync(call, (transaction, token) => DecideAsync(command, transaction, token), cancellationToken);

    private async Task<CreatePostResponse> DecideAsync(
        CreatePost command, CommandTransaction transaction, CancellationToken cancellationToken)
    {
        var stream = await transaction.LockStreamAsync(Topics.Posts, command.AuthorId.Value, cancellationToken);
        var parent = await FindParentAsync(command, transaction, cancellationToken);
        await CheckMediaAsync(command, transaction, cancellationToken);
        var id = new PostId(stream.NewId(parent?.Id.Value));
        var post = Post.Create(id, command.AuthorId, command.Text, parent, command.Language, command.Visibility) with
        {
            Media = command.Media,
        };

        await PostStore.InsertAsync(post, transaction, cancellationToken);
        var answer = post.ToProto();
        stream.Append(new PostCreated { Post = answer }, id.ToString(), post.EntityVersion);
        return new CreatePostResponse { Post = answer, ConsistencyToken = stream.Token.ToString() };
    }

    private async Task<Post?> FindParentAsync(
        CreatePost command, CommandTransaction transaction, CancellationToken cancellationToken)
    {
        if (command.ReplyTo is not { } parentId)
            return null;
        if (await PostStore.FindAsync(parentId, transaction, cancellationToken) is not { IsDeleted: false } parent)
            throw PostErrors.ParentNotFound(parentId);
        return await views.AreBlockedAsync(command.AuthorId, parent.AuthorId, cancellationToken)
            ? throw PostErrors.Blocked(parentId)
            : parent;
    }

    private static async Task CheckMediaAsync(
        CreatePost command, CommandTransaction transaction, CancellationToken cancellationToken)
    {
        if (command.Media.Count == 0)
            return;
        var known = await KnownMediaStore.ReadAsync(
            [.. command.Media.Select(one => one.MediaId)], transaction, cancellationToken);
        foreach (var (id, altText) in command.Media)
        {
            if (known.GetValueOrDefault(id) is not { IsDeleted: false } medium)
                throw PostErrors.MediaNotFound(id);
            if (medium.OwnerId != command.AuthorId)
                throw PostErrors.MediaNotOwner(id);
            if (medium.Type != MediaType.Mp4 && string.IsNullOrWhiteSpace(altText))
                throw PostErrors.AltTextMissing(id);
        }
    }
}
