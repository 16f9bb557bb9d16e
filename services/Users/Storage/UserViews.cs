using DaprSocial.Consistency;
using User = DaprSocial.Users.Domain.User;

namespace DaprSocial.Users.Storage;

/// <summary>Reads users through the cache, where this process uses one.</summary>
internal sealed class UserViews(UserViewStore store, UserViewCache cache)
{
    /// <returns>Those that there are, by id, and whether any of them is from the cache.</returns>
    public async Task<(IReadOnlyDictionary<UserId, User> Users, bool HasCached)> ReadAsync(
        IReadOnlyList<UserId> ids, ConsistencyToken covered, CancellationToken cancellationToken)
    {
        if (!cache.IsOn)
            return ((await store.ReadAsync(ids, cancellationToken)).ToDictionary(user => user.Id), false);
        var (known, look) = await cache.LookAsync(ids, covered, cancellationToken);
        var unknown = ids.Where(id => !known.ContainsKey(id)).ToList();
        if (unknown.Count == 0)
            return (known, true);
        var read = await store.ReadAsync(unknown, cancellationToken);
        await cache.FillAsync(look, read, cancellationToken);
        return (known.Values.Concat(read).ToDictionary(user => user.Id), known.Count > 0);
    }
}
