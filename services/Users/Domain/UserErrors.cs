using DaprSocial.Errors;
using DaprSocial.Errors.V1;

namespace DaprSocial.Users.Domain;

internal static class UserErrors
{
    public static ServiceException InvalidHandle() =>
        new(ErrorReason.InvalidHandle, "A handle has 3 to 30 characters, of a-z, 0-9 and underscore.", field: "handle");

    public static ServiceException HandleTaken(UserHandle handle) =>
        new(ErrorReason.HandleTaken, $"The handle {handle.Value} is taken.",
            new Dictionary<string, string> { ["handle"] = handle.Value }, "handle");

    public static ServiceException NotFound(string user) =>
        new(ErrorReason.UserNotFound, $"There is no user {user}.", new Dictionary<string, string> { ["user"] = user });
}
