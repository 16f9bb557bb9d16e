namespace DaprSocial.Load.Checking;

/// <summary>
/// What the services have to answer, recomputed from the command stores by definition and in the plainest way. It
/// shares no code with the services, so that it cannot share their mistakes.
/// </summary>
internal sealed class SocialModel
{
    // UUIDv7: Guid.CompareTo orders them as their texts and big-endian bytes do.
    private static readonly Comparer<StoredPost> NewestFirst =
        Comparer<StoredPost>.Create((a, b) => b.Id.CompareTo(a.Id));

    private static readonly IReadOnlySet<Guid> Nobody = new HashSet<Guid>();

    private readonly Dictionary<Guid, StoredUser> _users;
    private readonly Dictionary<Guid, StoredPost> _posts;
    private readonly Dictionary<Guid, HashSet<Guid>> _followees;
    private readonly Dictionary<Guid, HashSet<Guid>> _followers;
    private readonly HashSet<StoredBlock> _blocks;
    private readonly Dictionary<Guid, HashSet<Guid>> _likers;
    private readonly ILookup<Guid, StoredPost> _livePostsByAuthor;
    private readonly ILookup<Guid, StoredPost> _liveRepliesByParent;

    public SocialModel(CommandStores stores)
    {
        _users = stores.Users.ToDictionary(user => user.Id);
        _posts = stores.Posts.ToDictionary(post => post.Id);
        _followees = Group(stores.Follows, follow => follow.FollowerId, follow => follow.FolloweeId);
        _followers = Group(stores.Follows, follow => follow.FolloweeId, follow => follow.FollowerId);
        _blocks = [.. stores.Blocks];
        _likers = Group(stores.Reactions, reaction => reaction.PostId, reaction => reaction.UserId);
        Users = [.. stores.Users.OrderBy(user => user.Handle, StringComparer.Ordinal)];
        UserIds = [.. Users.Select(user => user.Id)];
        Posts = [.. stores.Posts.OrderBy(post => post.Id)];
        var live = stores.Posts.Where(post => !post.Deleted).ToArray();
        _livePostsByAuthor = live.ToLookup(post => post.AuthorId);
        _liveRepliesByParent = live.Where(post => post.ReplyTo is not null).ToLookup(post => post.ReplyTo!.Value);
    }

    /// <summary>All users, by handle: ids are others in every run, and the same seed is to check the same.</summary>
    public IReadOnlyList<StoredUser> Users { get; }

    /// <summary>The ids of all users, by handle.</summary>
    public IReadOnlyList<Guid> UserIds { get; }

    /// <summary>All posts, the deleted ones too, by id.</summary>
    public IReadOnlyList<StoredPost> Posts { get; }

    public StoredUser? FindUser(Guid id) => _users.GetValueOrDefault(id);

    public StoredPost? FindPost(Guid id) => _posts.GetValueOrDefault(id);

    /// <summary>The user's handle, or the id of somebody who does not exist.</summary>
    public string NameOf(Guid user) => FindUser(user)?.Handle ?? user.ToString();

    public IReadOnlySet<Guid> FolloweesOf(Guid user) => _followees.GetValueOrDefault(user) ?? Nobody;

    public IReadOnlySet<Guid> FollowersOf(Guid user) => _followers.GetValueOrDefault(user) ?? Nobody;

    public bool Likes(Guid user, Guid post) => _likers.GetValueOrDefault(post)?.Contains(user) ?? false;

    public int LikeCountOf(Guid post) => _likers.GetValueOrDefault(post)?.Count ?? 0;

    public int ReplyCountOf(Guid post) => _liveRepliesByParent[post].Count();

    /// <summary>Whether either blocks the other.</summary>
    public bool AreApart(Guid one, Guid other) =>
        _blocks.Contains(new StoredBlock(one, other)) || _blocks.Contains(new StoredBlock(other, one));

    /// <summary>
    /// A deleted post is seen by nobody, one for followers by its author and present followers; none by who blocks its
    /// author or is blocked.
    /// </summary>
    public bool CanSee(Guid viewer, StoredPost post) =>
        !post.Deleted && !AreApart(viewer, post.AuthorId)
        && (!post.FollowersOnly || viewer == post.AuthorId || FolloweesOf(viewer).Contains(post.AuthorId));

    /// <summary>
    /// The posts of the user and of everyone the user follows now, newest first; a reply only if its parent's author is
    /// the user or followed by the user.
    /// </summary>
    public IReadOnlyList<StoredPost> HomeOf(Guid user)
    {
        var followees = FolloweesOf(user);
        return
        [
            .. followees.Append(user)
                .SelectMany(author => _livePostsByAuthor[author])
                .Where(post => post.ReplyTo is null
                    || post.ParentAuthorId == user
                    || (post.ParentAuthorId is { } parentAuthor && followees.Contains(parentAuthor)))
                .Order(NewestFirst),
        ];
    }

    /// <summary>What the author wrote and the viewer may see, replies included, newest first.</summary>
    public IReadOnlyList<StoredPost> AuthorTimelineOf(Guid author, Guid viewer) =>
        [.. _livePostsByAuthor[author].Where(post => CanSee(viewer, post)).Order(NewestFirst)];

    /// <summary>The direct replies that the viewer may see, newest first.</summary>
    public IReadOnlyList<StoredPost> RepliesTo(Guid post, Guid viewer) =>
        [.. _liveRepliesByParent[post].Where(reply => CanSee(viewer, reply)).Order(NewestFirst)];

    private static Dictionary<Guid, HashSet<Guid>> Group<T>(
        IReadOnlyList<T> items, Func<T, Guid> key, Func<T, Guid> value) =>
        items.GroupBy(key, value).ToDictionary(group => group.Key, group => group.ToHashSet());
}
