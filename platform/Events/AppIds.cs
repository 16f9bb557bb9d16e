namespace DaprSocial.Events;

/// <summary>The Dapr app ids of the services, as components, policies and callers name them.</summary>
public static class AppIds
{
    /// <summary>Users.</summary>
    public const string Users = "users";

    /// <summary>Posts.</summary>
    public const string Posts = "posts";

    /// <summary>Graph.</summary>
    public const string Graph = "graph";

    /// <summary>Timelines.</summary>
    public const string Timelines = "timelines";

    /// <summary>Media.</summary>
    public const string Media = "media";

    /// <summary>Search.</summary>
    public const string Search = "search";

    /// <summary>The sidecar without an app, by which callers outside the mesh enter.</summary>
    public const string Edge = "edge";
}
