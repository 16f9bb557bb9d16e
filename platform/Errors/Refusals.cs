using DaprSocial.Errors.V1;

namespace DaprSocial.Errors;

/// <summary>The refusals that every service shares.</summary>
public static class Refusals
{
    /// <summary>A field is missing, malformed or out of its range.</summary>
    public static ServiceException InvalidField(string field, string why) =>
        new(ErrorReason.InvalidField, $"{field}: {why}", new Dictionary<string, string> { ["field"] = field }, field);

    /// <summary>An id is not a canonical lower-case UUID.</summary>
    public static ServiceException InvalidId(string field) =>
        new(ErrorReason.InvalidId, $"{field} is not an id: a UUID in lower case, as the services give them.",
            new Dictionary<string, string> { ["field"] = field }, field);

    /// <summary>page_size is negative.</summary>
    public static ServiceException InvalidPageSize(int pageSize) =>
        new(ErrorReason.InvalidPageSize, $"page_size is {pageSize}; it must be 0 (the default) or more.",
            new Dictionary<string, string> { ["pageSize"] = $"{pageSize}" }, "page_size");

    /// <summary>The page token is garbled or of another query.</summary>
    public static ServiceException InvalidPageToken() =>
        new(ErrorReason.InvalidPageToken,
            "page_token is not one that this listing gave with these parameters; start again without it.",
            field: "page_token");

    /// <summary>The consistency token cannot be read.</summary>
    public static ServiceException InvalidConsistencyToken() =>
        new(ErrorReason.InvalidConsistencyToken, "consistency_token is not one that a service gave.",
            field: "consistency_token");

    /// <summary>The consistency token is of a log that was replaced.</summary>
    public static ServiceException LogChanged(string topic) =>
        new(ErrorReason.LogChanged,
            $"consistency_token names an event log of topic {topic} that was replaced by a restore; drop the token.",
            new Dictionary<string, string> { ["topic"] = topic }, "consistency_token");

    /// <summary>A request_id came again with another body.</summary>
    public static ServiceException RequestIdReused(string requestId) =>
        new(ErrorReason.RequestIdReused, "request_id was used before with another body; use a new one.",
            new Dictionary<string, string> { ["requestId"] = requestId }, "request_id");

    /// <summary>The call needs an actor.</summary>
    public static ServiceException ActorMissing() =>
        new(ErrorReason.ActorMissing, "The call needs an actor: one metadata value daprsocial-actor with a user id.");

    /// <summary>The call names several actors or none that can be read.</summary>
    public static ServiceException ActorInvalid() =>
        new(ErrorReason.ActorInvalid, "The metadata daprsocial-actor must hold exactly one user id.");

    /// <summary>The actor was erased.</summary>
    public static ServiceException ActorErased(Guid actor) =>
        new(ErrorReason.UserNotFound, $"There is no user {actor}.",
            new Dictionary<string, string> { ["user"] = actor.ToString() });

    /// <summary>The process does not serve this kind of call.</summary>
    public static ServiceException RoleDisabled(string role) =>
        new(ErrorReason.RoleDisabled, $"This instance does not have the role {role}.",
            new Dictionary<string, string> { ["role"] = role });

    /// <summary>The instance's clock is off.</summary>
    public static ServiceException ClockSkew(TimeSpan skew) =>
        new(ErrorReason.ClockSkew, $"This instance's clock is {skew.TotalSeconds:0.0} s off its database's.",
            new Dictionary<string, string> { ["skewSeconds"] = $"{skew.TotalSeconds:0.0}" });

    /// <summary>A store or service does not answer.</summary>
    public static ServiceException DependencyUnavailable(string dependency) =>
        new(ErrorReason.DependencyUnavailable, $"{dependency} does not answer; try again.",
            new Dictionary<string, string> { ["dependency"] = dependency })
        {
            RetryDelay = TimeSpan.FromSeconds(1),
        };

    /// <summary>The instance has as many calls as it takes.</summary>
    public static ServiceException Overloaded(int limit, string what) =>
        new(ErrorReason.Overloaded, $"This instance has {limit} {what} already; try again.",
            new Dictionary<string, string> { ["limit"] = $"{limit}", ["what"] = what })
        {
            RetryDelay = TimeSpan.FromSeconds(1),
        };

    /// <summary>A concurrent command won.</summary>
    public static ServiceException Conflict() =>
        new(ErrorReason.Conflict, "A concurrent command changed the same thing; repeat this one.");

    /// <summary>Something broke that should not; the caller learns no more.</summary>
    public static ServiceException Internal() => new(ErrorReason.Internal, "An internal error; see the service's log.");
}
