using System.Globalization;
using DaprSocial.Load.Checking;

namespace DaprSocial.Load.Tests.Checking;

/// <summary>Builds command stores by hand. People are numbered from 1; posts too, in the order of their ids.</summary>
internal sealed class Society
{
    private readonly List<StoredUser> _users = [];
    private readonly List<StoredPost> _posts = [];
    private readonly List<StoredFollow> _follows = [];
    private readonly List<StoredBlock> _blocks = [];
    private readonly List<StoredReaction> _reactions = [];

    public Society(int userCount)
    {
        for (var user = 1; user <= userCount; user++)
        {
            _users.Add(new StoredUser(User(user), $"user_{user}"));
        }
    }

    public static Guid User(int number) => Id("01890000-0000-7000-8000", number);

    public static Guid Post(int number) => Id("01890001-0000-7000-8000", number);

    public Society Follow(int follower, int followee)
    {
        _follows.Add(new StoredFollow(User(follower), User(followee)));
        return this;
    }

    public Society Block(int blocker, int blocked)
    {
        _blocks.Add(new StoredBlock(User(blocker), User(blocked)));
        return this;
    }

    public Society Write(int author, int? parent = null, bool followersOnly = false, bool deleted = false)
    {
        var answered = parent is { } number ? _posts[number - 1] : null;
        _posts.Add(new StoredPost(
            Post(_posts.Count + 1),
            User(author),
            deleted ? null : $"text {_posts.Count + 1}",
            answered?.Id,
            answered?.AuthorId,
            followersOnly,
            deleted));
        return this;
    }

    public Society Like(int user, int post)
    {
        _reactions.Add(new StoredReaction(Post(post), User(user)));
        return this;
    }

    public SocialModel Model() => new(new CommandStores(_users, _posts, _follows, _blocks, _reactions));

    private static Guid Id(string prefix, int number) =>
        Guid.Parse(string.Create(CultureInfo.InvariantCulture, $"{prefix}-{number:x12}"));
}
