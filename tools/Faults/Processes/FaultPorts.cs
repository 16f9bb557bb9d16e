using DaprSocial.Faults.Planning;

namespace DaprSocial.Faults.Processes;

/// <summary>The ports of a fault run, from one base.</summary>
internal sealed record FaultPorts(int Base)
{
    public const string Edge = "edge";
    private const int GrpcOffset = 10;
    private const int HttpOffset = 20;
    private const int ControlOffset = 30;

    public static IReadOnlyList<string> Apps { get; } = ["users", "graph", "posts", "timelines", "media", "search"];

    public int Control => Base + ControlOffset;

    public Uri EdgeAddress => new($"http://127.0.0.1:{Grpc(Edge)}");

    public int Service(string instance) => Base + IndexOf(Instances.OfServices, instance);

    public int Grpc(string app) => Base + GrpcOffset + IndexOf([Edge, .. Apps], app);

    public int Http(string app) => Base + HttpOffset + IndexOf([Edge, .. Apps], app);

    private static int IndexOf(IReadOnlyList<string> names, string name) =>
        names.Index().First(entry => entry.Item == name).Index;
}
