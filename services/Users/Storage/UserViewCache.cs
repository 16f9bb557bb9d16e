using DaprSocial.Caching;
using DaprSocial.Consistency;
using DaprSocial.Events;
using DaprSocial.Projections;
using User = DaprSocial.Users.Domain.User;

namespace DaprSocial.Users.Storage;

/// <summary>The cache of users, of the version of the projection that the call reads.</summary>
internal sealed class UserViewCache(VersionedCache cache, IProjectionVersion version)
{
    public bool IsOn => cache.IsOn;

    /// <summary>Two versions of the projection never answer for each other.</summary>
    public static string KeyOf(UserId id, int version) => $"user:{version}:{id}";

    /// <param name="ids">Each once.</param>
    /// <param name="covered">
    /// State that the answer says it covers. Who is named is read from the store, for the cache may not know yet what
    /// they changed; nobody else changes a user.
    /// </param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Those that are known, and the look for what is read from the store instead of the others.</returns>
    public async Task<(IReadOnlyDictionary<UserId, User> Known, CacheLook Look)> LookAsync(
        IReadOnlyList<UserId> ids, ConsistencyToken covered, CancellationToken cancellationToken)
    {
        var named = covered.Streams.Where(stream => stream.Topic == Topics.Users)
            .Select(stream => new UserId(stream.Stream)).ToHashSet();
        var look = await cache.LookAsync([.. ids.Select(id => KeyOf(id))], cancellationToken);
        var known = new Dictionary<UserId, User>();
        foreach (var id in ids.Where(id => !named.Contains(id)))
        {
            if (look.Entries.TryGetValue(KeyOf(id), out var entry) && !entry.IsTombstone
                && CachedUser.Decode(id, entry) is { } user)
                known[id] = user;
        }

        return (known, look);
    }

    public Task FillAsync(CacheLook look, IReadOnlyList<User> read, CancellationToken cancellationToken) =>
        cache.FillAsync(look, read.ToDictionary(user => KeyOf(user.Id), CachedUser.Encode), cancellationToken);

    private string KeyOf(UserId id) => KeyOf(id, version.Number);
}
