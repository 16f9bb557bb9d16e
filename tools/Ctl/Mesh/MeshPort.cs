namespace DaprSocial.Ctl.Mesh;

/// <param name="Name">The app id, or the store's name.</param>
internal sealed record MeshPort(string Name, MeshPortKind Kind, int Port)
{
    /// <summary>What a person calls it: "users service", "edge sidecar (gRPC)".</summary>
    public string Title => Kind switch
    {
        MeshPortKind.Service => $"{Name} service",
        MeshPortKind.ServiceHttp => $"{Name} service (HTTP)",
        MeshPortKind.ServiceWeb => $"{Name} service (gRPC-Web)",
        MeshPortKind.SidecarGrpc => $"{Name} sidecar (gRPC)",
        MeshPortKind.SidecarHttp => $"{Name} sidecar (HTTP)",
        MeshPortKind.Postgres or MeshPortKind.Redis => Name,
        _ => throw new ArgumentOutOfRangeException(nameof(Kind), Kind, "not a kind of port"),
    };

    public string Endpoint => Kind is MeshPortKind.Postgres or MeshPortKind.Redis
        ? $"127.0.0.1:{Port}"
        : $"http://127.0.0.1:{Port}";
}
