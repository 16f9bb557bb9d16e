using DaprSocial.Errors;
using DaprSocial.Errors.V1;

namespace DaprSocial.Graph.Domain;

internal static class GraphErrors
{
    public static ServiceException SelfFollow() =>
        new(ErrorReason.SelfFollow, "Users cannot follow themselves.", field: "followee_id");

    public static ServiceException TooManyFollows(int limit) =>
        new(ErrorReason.TooManyFollows, $"You follow {limit} accounts already; unfollow one first.",
            new Dictionary<string, string> { ["limit"] = $"{limit}" });

    public static ServiceException UserNotFound(UserId id) =>
        new(ErrorReason.UserNotFound, $"There is no user {id}.",
            new Dictionary<string, string> { ["user"] = id.ToString() }, "followee_id");
}
