namespace DaprSocial.Sidecar;

/// <summary>Where one sidecar listens, on 127.0.0.1.</summary>
/// <param name="Grpc">The gRPC API and proxy, h2c.</param>
/// <param name="Http">Health and metadata, HTTP/1.1.</param>
public readonly record struct SidecarPorts(int Grpc, int Http);
