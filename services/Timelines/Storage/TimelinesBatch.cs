using DaprSocial.Timelines.Domain;

namespace DaprSocial.Timelines.Storage;

/// <summary>What a batch of events changes: of each post and each edge the greatest version.</summary>
internal sealed class TimelinesBatch
{
    private readonly Dictionary<PostId, TimelinePost> _posts = [];
    private readonly Dictionary<(UserId, UserId), FollowState> _follows = [];

    public IReadOnlyCollection<TimelinePost> Posts => _posts.Values;

    public IReadOnlyCollection<FollowState> Follows => _follows.Values;

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
}
