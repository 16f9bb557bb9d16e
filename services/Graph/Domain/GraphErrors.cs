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

    public static ServiceException SelfBlock() =>
        new(ErrorReason.SelfBlock, "Users cannot block themselves.", field: "user_id");

    public static ServiceException TooManyBlocks(int limit) =>
        new(ErrorReason.TooManyBlocks, $"You block {limit} accounts already; unblock one first.",
            new Dictionary<string, string> { ["limit"] = $"{limit}" });

    public static ServiceException Blocked(UserId other) =>
        new(ErrorReason.Blocked, $"You cannot follow {other}: one of you blocks the other.", MetadataOf(other));

    public static ServiceException UserNotFound(UserId id, string field) =>
        new(ErrorReason.UserNotFound, $"There is no user {id}.", MetadataOf(id), field);

    private static Dictionary<string, string> MetadataOf(UserId id) => new() { ["user"] = id.ToString() };
}
