using DaprSocial.Consistency;
using DaprSocial.Posts.Domain;
using Post = DaprSocial.Posts.Domain.Post;

namespace DaprSocial.Posts.Storage;

/// <summary>
/// What a batch of events changes in this service's projections: of each entity the greatest version.
/// </summary>
internal sealed class PostsBatch
{
    private readonly Dictionary<PostId, (Post Post, ConsistencyToken After)> _posts = [];
    private readonly Dictionary<(UserId, PostId), (bool IsLiked, long EntityVersion)> _reactions = [];
    private readonly Dictionary<(UserId, UserId), BlockState> _blocks = [];
    private readonly Dictionary<MediaId, KnownMedium> _media = [];

    public IEnumerable<(Post Post, ConsistencyToken After)> Posts => _posts.Values;

    public IEnumerable<(UserId User, PostId Post, bool IsLiked, long EntityVersion)> Reactions =>
        _reactions.Select(reaction =>
            (reaction.Key.Item1, reaction.Key.Item2, reaction.Value.IsLiked, reaction.Value.EntityVersion));

    public IReadOnlyCollection<BlockState> Blocks => _blocks.Values;

    public IReadOnlyCollection<KnownMedium> Media => _media.Values;

    public void Put(KnownMedium medium)
    {
        if (!_media.TryGetValue(medium.Id, out var known) || known.EntityVersion < medium.EntityVersion)
            _media[medium.Id] = medium;
    }

    public void Put(Post post, ConsistencyToken after)
    {
        if (!_posts.TryGetValue(post.Id, out var known) || known.Post.EntityVersion < post.EntityVersion)
            _posts[post.Id] = (post, after);
    }

    public void Put(BlockState block)
    {
        var key = (block.BlockerId, block.BlockedId);
        if (!_blocks.TryGetValue(key, out var known) || known.EntityVersion < block.EntityVersion)
            _blocks[key] = block;
    }

    public void PutReaction(UserId user, PostId post, bool isLiked, long entityVersion)
    {
        if (!_reactions.TryGetValue((user, post), out var known) || known.EntityVersion < entityVersion)
            _reactions[(user, post)] = (isLiked, entityVersion);
    }
}
