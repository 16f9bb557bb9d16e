namespace DaprSocial.Faults;

/// <summary>A mesh in which nobody writes and nothing is left to apply.</summary>
/// <param name="PostgresConnectionString">The database of all services.</param>
/// <param name="EdgeAddress">gRPC address of the sidecar that clients use.</param>
/// <param name="Seed">Of the run.</param>
public sealed record QuietMesh(string PostgresConnectionString, Uri EdgeAddress, long Seed);
