namespace DaprSocial.Bench;

/// <summary>The mesh that is measured.</summary>
/// <param name="EdgeAddress">gRPC address of the sidecar through which outside callers enter.</param>
/// <param name="ServiceAddresses">The services' own gRPC addresses, by app id.</param>
/// <param name="PostgresConnectionString">To the database of the command stores.</param>
/// <param name="MeshProcessId">The process that runs services and sidecars; it may be this one.</param>
public sealed record BenchTarget(
    Uri EdgeAddress,
    IReadOnlyDictionary<string, Uri> ServiceAddresses,
    string PostgresConnectionString,
    int MeshProcessId)
{
    /// <summary>True when the load comes from the process that is measured, whose CPU then holds both.</summary>
    public bool IsInProcess => MeshProcessId == Environment.ProcessId;
}
