namespace Grpc.AspNetCore.HealthChecks;

/// <summary>Which health checks decide on which service.</summary>
public sealed class GrpcHealthChecksOptions
{
    /// <summary>The services by their full names; at first the server as a whole alone, decided by all.</summary>
    public ServiceMappingCollection Services { get; } = new();

    /// <summary>
    /// Whether Check answers what was last published, instead of running the checks. Published results are as old as
    /// the period of the publisher.
    /// </summary>
    public bool UseHealthChecksCache { get; set; }

    /// <summary>Whether watches go on when the application stops, instead of ending with NOT_SERVING.</summary>
    public bool SuppressCompletionOnShutdown { get; set; }
}
