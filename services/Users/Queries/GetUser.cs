using DaprSocial.Users.Domain;
using DaprSocial.Users.Storage;
using User = DaprSocial.Users.Domain.User;

namespace DaprSocial.Users.Queries;

/// <summary>Asks for one user, by id or by handle.</summary>
internal sealed record GetUser(UserId? Id, string Handle);

internal sealed class GetUserHandler(UserViewStore views)
{
    public async Task<User> HandleAsync(GetUser query, CancellationToken cancellationToken)
    {
        var found = query.Id is { } id
            ? await views.ReadAsync([id], cancellationToken)
            : await views.ReadByHandleAsync(query.Handle, cancellationToken);
        return found.Count > 0 ? found[0] : throw UserErrors.NotFound(query.Id?.ToString() ?? query.Handle);
    }
}
