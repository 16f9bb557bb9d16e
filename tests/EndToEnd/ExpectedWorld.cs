using DaprSocial.EndToEnd.Tests.Mesh;
using DaprSocial.Posts.V1;

namespace DaprSocial.EndToEnd.Tests;

/// <summary>What the mesh must show after the commands that it has accepted: the definitions, in memory.</summary>
/// <remarks>
/// One user's commands come one after the other, those of different users in any order: every command touches what its
/// user alone decides, so the end is the same. Follows and blocks touch what both users decide: those of a pair have to
/// come one after the other.
/// </remarks>
internal sealed class ExpectedWorld
{
    private readonly Lock _gate = new();
    private readonly List<Post> _posts = [];
    private readonly HashSet<string> _deleted = [];
    private readonly HashSet<(string UserId, string PostId)> _likes = [];
    private readonly HashSet<(string FollowerId, string FolloweeId)> _follows = [];
    private readonly HashSet<(string BlockerId, string BlockedId)> _blocks = [];

    public IReadOnlyList<Post> Posts
    {
        get
        {
            lock (_gate)
                return [.. _posts];
        }
    }

    public void Created(Post post) => Change(() => _posts.Add(post));

    public void Deleted(Post post) => Change(() => _deleted.Add(post.Id));

    public void Liked(Person person, Post post) => Change(() => _likes.Add((person.Id, post.Id)));

    public void Unliked(Person person, Post post) => Change(() => _likes.Remove((person.Id, post.Id)));

    public void Followed(Person follower, Person followee) => Change(() => _follows.Add((follower.Id, followee.Id)));

    public void Unfollowed(Person follower, Person followee) =>
        Change(() => _follows.Remove((follower.Id, followee.Id)));

    public void Blocked(Person blocker, Person blocked) => Change(() =>
    {
        _blocks.Add((blocker.Id, blocked.Id));
        _follows.Remove((blocker.Id, blocked.Id));
        _follows.Remove((blocked.Id, blocker.Id));
    });

    public void Unblocked(Person blocker, Person blocked) => Change(() => _blocks.Remove((blocker.Id, blocked.Id)));

    /// <summary>Whether either blocks the other.</summary>
    public bool AreApart(string one, string other)
    {
        lock (_gate)
            return _blocks.Contains((one, other)) || _blocks.Contains((other, one));
    }

    public bool IsDeleted(Post post)
    {
        lock (_gate)
            return _deleted.Contains(post.Id);
    }

    /// <summary>The reader's own and followees' posts; replies only to the reader or to followees.</summary>
    public IReadOnlyList<string> HomeOf(Person reader) => MeshActions.Newest(_posts
        .Where(post => IsVisible(post, reader) && IsNear(post.AuthorId, reader)
            && (post.ReplyTo.Length == 0 || IsNear(post.ParentAuthorId, reader))));

    public IReadOnlyList<string> AuthorOf(Person author, Person reader) =>
        MeshActions.Newest(_posts.Where(post => post.AuthorId == author.Id && IsVisible(post, reader)));

    public IReadOnlyList<string> RepliesOf(Post parent, Person reader) =>
        MeshActions.Newest(_posts.Where(post => post.ReplyTo == parent.Id && IsVisible(post, reader)));

    /// <summary>Null when the post is not there for the reader.</summary>
    public PostView? ViewOf(Post post, Person reader) => !IsVisible(post, reader) ? null : new PostView
    {
        Post = post,
        LikeCount = _likes.Count(like => like.PostId == post.Id),
        ReplyCount = _posts.Count(reply => reply.ReplyTo == post.Id && !_deleted.Contains(reply.Id)),
        ViewerLiked = _likes.Contains((reader.Id, post.Id)),
    };

    public (long Followers, long Followees) CountsOf(Person person) => (
        _follows.Count(follow => follow.FolloweeId == person.Id),
        _follows.Count(follow => follow.FollowerId == person.Id));

    private bool IsVisible(Post post, Person reader) =>
        !_deleted.Contains(post.Id) && !AreApart(post.AuthorId, reader.Id)
        && (post.Visibility == Visibility.Public || IsNear(post.AuthorId, reader));

    private bool IsNear(string userId, Person reader) =>
        userId == reader.Id || _follows.Contains((reader.Id, userId));

    private void Change(Action change)
    {
        lock (_gate)
            change();
    }
}
