using DaprSocial.Timelines.Domain;

namespace DaprSocial.Timelines.Storage;

/// <summary>What a batch of events changes: of each post, edge and block the greatest version.</summary>
internal sealed class TimelinesBatch
{
    private readonly Dictionary<PostId, TimelinePost> _posts = [];
    private readonly Dictionary<(UserId, UserId), FollowState> _follows = [];
    private readonly Dictionary<(UserId, UserId), BlockState> _blocks = [];

    public IReadOnlyCollection<TimelinePost> Posts => _posts.Values;

    public IReadOnlyCollection<FollowState> Follows => _follows.Values;

    public IReadOnlyCollection<BlockState> Blocks => _blocks.Values;

    public void Put(TimelinePost post)
    {
        if (!_posts.TryGetValue(post.Id, out var known) || known.EntityVersion < post.EntityVersion)
            _posts[post.Id] = post;
    }

    public void Put(FollowState follow)
    {
        var key = (follow.FollowerId, follow.FolloweeId);
        if (!_follows.TryGetValue(key, out var known) || known.EntityVersion < follow.EntityVersion)
            _follows[key] = follow;
    }

    public void Put(BlockState block)
    {
        var key = (block.BlockerId, block.BlockedId);
        if (!_blocks.TryGetValue(key, out var known) || known.EntityVersion < block.EntityVersion)
            _blocks[key] = block;
    }
}
