using User = DaprSocial.Users.Domain.User;

namespace DaprSocial.Users.Storage;

/// <summary>What a batch of events changes: of each user the greatest version.</summary>
internal sealed class UsersBatch
{
    private readonly Dictionary<UserId, User> _users = [];

    public IReadOnlyCollection<User> Users => _users.Values;

    public void Put(User user)
    {
        if (!_users.TryGetValue(user.Id, out var known) || known.EntityVersion < user.EntityVersion)
            _users[user.Id] = user;
    }
}
