using User = DaprSocial.Users.Domain.User;

namespace DaprSocial.Users.Storage;

/// <summary>What a batch of events changes: of each user the greatest version, and who was erased.</summary>
internal sealed class UsersBatch
{
    private readonly Dictionary<UserId, User> _users = [];
    private readonly Dictionary<UserId, long> _erased = [];

    public IReadOnlyCollection<User> Users => _users.Values;

    /// <summary>By id: the entity version that is the user's last.</summary>
    public IReadOnlyDictionary<UserId, long> Erased => _erased;

    public void Put(User user)
    {
        if (_erased.ContainsKey(user.Id))
            return;
        if (!_users.TryGetValue(user.Id, out var known) || known.EntityVersion < user.EntityVersion)
            _users[user.Id] = user;
    }

    /// <summary>Ends a user; the last event of its stream, so nothing follows.</summary>
    public void Erase(UserId user, long entityVersion)
    {
        _erased[user] = entityVersion;
        _users.Remove(user);
    }
}
