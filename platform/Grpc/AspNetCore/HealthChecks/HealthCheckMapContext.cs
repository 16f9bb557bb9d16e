namespace Grpc.AspNetCore.HealthChecks;

/// <summary>A health check, as a mapping sees it.</summary>
/// <param name="name">Its name.</param>
/// <param name="tags">Its tags.</param>
public sealed class HealthCheckMapContext(string name, IEnumerable<string> tags)
{
    /// <summary>Its name.</summary>
    public string Name { get; } = name;

    /// <summary>Its tags.</summary>
    public IEnumerable<string> Tags { get; } = tags;
}
