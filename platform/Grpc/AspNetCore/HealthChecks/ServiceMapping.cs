namespace Grpc.AspNetCore.HealthChecks;

/// <summary>A service and the checks that decide on it.</summary>
/// <param name="name">Full name; empty for the server as a whole.</param>
/// <param name="healthCheckPredicate">Whether a check is one of them.</param>
public sealed class ServiceMapping(string name, Func<HealthCheckMapContext, bool> healthCheckPredicate)
{
    /// <summary>Full name; empty for the server as a whole.</summary>
    public string Name { get; } = name;

    /// <summary>Whether a check is one of them.</summary>
    public Func<HealthCheckMapContext, bool> HealthCheckPredicate { get; } = healthCheckPredicate;
}
