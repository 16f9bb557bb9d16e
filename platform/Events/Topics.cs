namespace DaprSocial.Events;

/// <summary>The topics, each owned by the command service whose log its events stand in.</summary>
public static class Topics
{
    /// <summary>Name of the pub/sub component. Not consumed: it is no topic.</summary>
    public const string Pubsub = "pubsub";

    /// <summary>Where consumers leave what cannot be decoded. Not consumed: a person looks at it.</summary>
    public const string DeadLetter = "dead-letter";

    /// <summary>Users and profiles; owned by Users.</summary>
    public const string Users = "users";

    /// <summary>Posts; owned by Posts.</summary>
    public const string Posts = "posts";

    /// <summary>Likes; owned by Posts, and apart from posts so that a storm of likes never delays them.</summary>
    public const string Reactions = "reactions";

    /// <summary>Who follows whom; owned by Graph.</summary>
    public const string Graph = "graph";

    /// <summary>Images and videos; owned by Media.</summary>
    public const string Media = "media";

    /// <summary>The app ids of the services that own the logs of topics, each once, in their order.</summary>
    /// <exception cref="ArgumentOutOfRangeException">No such topic.</exception>
    public static IReadOnlyList<string> OwnersOf(IEnumerable<string> topics) =>
        [.. topics.Select(OwnerOf).Distinct()];

    /// <summary>The app id of the service that owns a topic's log.</summary>
    /// <exception cref="ArgumentOutOfRangeException">No such topic.</exception>
    public static string OwnerOf(string topic) => topic switch
    {
        Users => AppIds.Users,
        Posts or Reactions => AppIds.Posts,
        Graph => AppIds.Graph,
        Media => AppIds.Media,
        _ => throw new ArgumentOutOfRangeException(nameof(topic), topic, "No service owns this topic."),
    };
}
