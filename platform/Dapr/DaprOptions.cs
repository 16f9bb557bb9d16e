using System.ComponentModel.DataAnnotations;

namespace DaprSocial.Dapr;

/// <summary>Where the sidecar is, by the names that Dapr itself uses for the environment of an app.</summary>
public sealed class DaprOptions
{
    /// <summary>Metadata key that carries the tokens of sidecar and app.</summary>
    public const string TokenHeader = "dapr-api-token";

    /// <summary>Port of the sidecar's gRPC API on loopback (<c>DAPR_GRPC_PORT</c>).</summary>
    [Range(1, 65535)]
    public int GrpcPort { get; set; } = 50001;

    /// <summary>Token that the sidecar asks of us (<c>DAPR_API_TOKEN</c>); empty for none.</summary>
    public string ApiToken { get; set; } = "";

    /// <summary>Token that we ask of the sidecar (<c>APP_API_TOKEN</c>); empty for none.</summary>
    public string AppToken { get; set; } = "";

    /// <summary>
    /// What to add to deadlines, which gRPC reads by the system's clock, when this process was given another one.
    /// </summary>
    public TimeSpan DeadlineShift { get; set; }
}
