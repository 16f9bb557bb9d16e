namespace DaprSocial.Bench;

/// <summary>How writes are measured.</summary>
public sealed record WriteBenchOptions
{
    /// <summary>Writers at a time, 1 to 256; each is an actor of its own and waits for every answer.</summary>
    public int WriterCount { get; init; } = 32;

    /// <summary>How long each variant is measured, over all rounds together; 1 s to 10 min.</summary>
    public TimeSpan Duration { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Rounds that the time is cut into; variants take turns, so that drift touches all of them.</summary>
    public int RoundCount { get; init; } = 5;

    /// <summary>Connections of the bare insert; as many as a service has for writing.</summary>
    public int PoolSize { get; init; } = 20;
}
