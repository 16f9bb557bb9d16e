using DaprSocial.Caching;
using DaprSocial.Sidecar.PubSub;

namespace DaprSocial.Ctl.Mesh;

/// <summary>All that the host of sidecars and services needs to know.</summary>
/// <param name="PostgresConnectionString">To the database <c>daprsocial</c>, as its owner.</param>
/// <param name="RedisEndpoint"><c>host:port</c>.</param>
/// <param name="ComponentsDirectory">The Dapr component manifests of the local profile.</param>
/// <param name="MediaDirectory">For uploads and blobs.</param>
/// <param name="Roles">Comma-separated, checked by <see cref="MeshRoles"/>.</param>
/// <param name="DeliveryFault">Disturbs the broker, for tests; null for none.</param>
/// <param name="WebOrigins">Of pages that may call over gRPC-Web; null for what the environment says.</param>
/// <param name="Cache">Whether services use their cache; null for what the environment or the default says.</param>
internal sealed record MeshOptions(
    MeshPorts Ports,
    string PostgresConnectionString,
    string RedisEndpoint,
    string ComponentsDirectory,
    string MediaDirectory,
    string Roles,
    IDeliveryFault? DeliveryFault = null,
    CacheMode? Cache = null,
    string? WebOrigins = null);
