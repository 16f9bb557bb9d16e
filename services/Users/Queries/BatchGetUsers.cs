using DaprSocial.Consistency;
using DaprSocial.Users.Storage;
using User = DaprSocial.Users.Domain.User;

namespace DaprSocial.Users.Queries;

/// <param name="Ids">Whom; each once.</param>
/// <param name="Covered">State that the answer will say it covers.</param>
internal sealed record BatchGetUsers(IReadOnlyList<UserId> Ids, ConsistencyToken Covered);

/// <summary>Users in the order asked, and the ids that name nobody.</summary>
internal sealed record UsersFound(IReadOnlyList<User> Users, IReadOnlyList<UserId> Missing, bool HasCached);

internal sealed class BatchGetUsersHandler(UserViews views)
{
    public async Task<UsersFound> HandleAsync(BatchGetUsers query, CancellationToken cancellationToken)
    {
        var (found, hasCached) = await views.ReadAsync(query.Ids, query.Covered, cancellationToken);
        return new UsersFound(
            [.. query.Ids.Where(found.ContainsKey).Select(id => found[id])],
            [.. query.Ids.Where(id => !found.ContainsKey(id))],
            hasCached);
    }
}
