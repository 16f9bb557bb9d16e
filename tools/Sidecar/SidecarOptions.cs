namespace DaprSocial.Sidecar;

/// <summary>One sidecar of the mesh.</summary>
public sealed record SidecarOptions
{
    /// <summary>The id by which other apps call this one; not empty, without dots.</summary>
    public required string AppId { get; init; }

    /// <summary>The app's h2c port on loopback; null without an app, or with one attached later.</summary>
    public int? AppPort { get; init; }

    /// <summary>The port of the gRPC API; 0 for any free one.</summary>
    public int GrpcPort { get; init; }

    /// <summary>The port of the HTTP API; 0 for any free one.</summary>
    public int HttpPort { get; init; }

    /// <summary>What the sidecar proves itself to the app with (daprd's APP_API_TOKEN); null for nothing.</summary>
    public string? AppToken { get; init; }
}
