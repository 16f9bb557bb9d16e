namespace DaprSocial.Faults.Planning;

/// <summary>The processes of the mesh.</summary>
internal static class Instances
{
    /// <summary>The process with all sidecars and the broker.</summary>
    public const string Sidecar = "sidecar";

    /// <summary>The services' processes: two of those that are worth a fail-over.</summary>
    public static IReadOnlyList<string> OfServices { get; } =
        ["users#1", "graph#1", "posts#1", "posts#2", "timelines#1", "timelines#2", "media#1", "search#1"];

    public static string AppOf(string instance) => instance.Split('#')[0];

    /// <summary>The other instance of the same service; null when there is none.</summary>
    public static string? TwinOf(string instance) =>
        OfServices.FirstOrDefault(other => other != instance && AppOf(other) == AppOf(instance));
}
