using DaprSocial.Users.Storage;
using User = DaprSocial.Users.Domain.User;

namespace DaprSocial.Users.Queries;

internal sealed record BatchGetUsers(IReadOnlyList<UserId> Ids);

/// <summary>Users in the order asked, and the ids that name nobody.</summary>
internal sealed record UsersFound(IReadOnlyList<User> Users, IReadOnlyList<UserId> Missing);

internal sealed class BatchGetUsersHandler(UserViewStore views)
{
    public async Task<UsersFound> HandleAsync(BatchGetUsers query, CancellationToken cancellationToken)
    {
        var found = (await views.ReadAsync(query.Ids, cancellationToken)).ToDictionary(user => user.Id);
        return new UsersFound(
            [.. query.Ids.Where(found.ContainsKey).Select(id => found[id])],
            [.. query.Ids.Where(id => !found.ContainsKey(id))]);
    }
}
