namespace DaprSocial.Ctl.Mesh;

/// <summary>The app ids of the mesh, in the order of their ports.</summary>
internal static class MeshApps
{
    /// <summary>The sidecar without a service behind it, through which outside callers enter.</summary>
    public const string Edge = "edge";

    public const string Users = "users";
    public const string Posts = "posts";
    public const string Graph = "graph";
    public const string Timelines = "timelines";
    public const string Media = "media";
    public const string Search = "search";

    public static IReadOnlyList<string> Services { get; } = [Users, Posts, Graph, Timelines, Media, Search];

    /// <summary>Those that browsers read from, too: they have a listener for HTTP/1.1.</summary>
    public static IReadOnlyList<string> WithHttp { get; } = [Media];

    public static IReadOnlyList<string> Sidecars { get; } = [Edge, .. Services];
}
