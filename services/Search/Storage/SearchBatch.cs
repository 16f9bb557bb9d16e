using DaprSocial.Search.Domain;

namespace DaprSocial.Search.Storage;

/// <summary>What a batch of events changes: of each post, user and edge the greatest version.</summary>
internal sealed class SearchBatch
{
    private readonly Dictionary<PostId, PostDocument> _posts = [];
    private readonly Dictionary<UserId, UserDocument> _users = [];
    private readonly Dictionary<(UserId, UserId), FollowState> _follows = [];

    public IReadOnlyCollection<PostDocument> Posts => _posts.Values;

    public IReadOnlyCollection<UserDocument> Users => _users.Values;

    public IReadOnlyCollection<FollowState> Follows => _follows.Values;

    public void Put(PostDocument post)
    {
        if (!_posts.TryGetValue(post.Id, out var known) || known.EntityVersion < post.EntityVersion)
            _posts[post.Id] = post;
    }

    public void Put(UserDocument user)
    {
        if (!_users.TryGetValue(user.Id, out var known) || known.EntityVersion < user.EntityVersion)
            _users[user.Id] = user;
    }

    public void Put(FollowState follow)
    {
        var key = (follow.FollowerId, follow.FolloweeId);
        if (!_follows.TryGetValue(key, out var known) || known.EntityVersion < follow.EntityVersion)
            _follows[key] = follow;
    }
}
