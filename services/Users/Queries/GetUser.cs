using DaprSocial.Consistency;
using DaprSocial.Users.Domain;
using DaprSocial.Users.Storage;
using User = DaprSocial.Users.Domain.User;

namespace DaprSocial.Users.Queries;

/// <summary>Asks for one user, by id or by handle.</summary>
internal sealed record GetUser(UserId? Id, string Handle);

/// <summary>The user, and whether that is from the cache.</summary>
internal sealed record UserFound(User User, bool IsCached);

internal sealed class GetUserHandler(UserViews views, UserViewStore store)
{
    /// <param name="query">Whom.</param>
    /// <param name="covered">State that the answer will say it covers.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<UserFound> HandleAsync(
        GetUser query, ConsistencyToken covered, CancellationToken cancellationToken)
    {
        if (query.Id is not { } id)
        {
            var named = await store.ReadByHandleAsync(query.Handle, cancellationToken);
            return new UserFound(named.Count > 0 ? named[0] : throw UserErrors.NotFound(query.Handle), false);
        }

        var (found, isCached) = await views.ReadAsync([id], covered, cancellationToken);
        return new UserFound(found.GetValueOrDefault(id) ?? throw UserErrors.NotFound(id.ToString()), isCached);
    }
}
