namespace DaprSocial.Load.Driving;

/// <summary>The names by which sidecars know the services.</summary>
internal static class AppIds
{
    public const string Users = "users";
    public const string Posts = "posts";
    public const string Graph = "graph";
    public const string Timelines = "timelines";
    public const string Media = "media";
    public const string Search = "search";

    /// <summary>The services with an event log of their own.</summary>
    public static readonly IReadOnlyList<string> Logs = [Users, Graph, Posts];

    /// <summary>The services that answer queries.</summary>
    public static readonly IReadOnlyList<string> All = [Users, Graph, Posts, Timelines, Search];
}
