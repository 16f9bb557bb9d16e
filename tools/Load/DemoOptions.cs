namespace DaprSocial.Load;

/// <summary>What a demo run works on.</summary>
public sealed record DemoOptions
{
    /// <summary>The gRPC address of a sidecar through which all services can be called.</summary>
    public required Uri EdgeAddress { get; init; }

    /// <summary>Where browsers read from Media; null for a run without pictures.</summary>
    public Uri? MediaAddress { get; init; }

    /// <summary>The database that holds the services' command stores; the checker reads it.</summary>
    public required string PostgresConnectionString { get; init; }

    /// <summary>Edge list; null means the demo's own graph of 200 users.</summary>
    public string? GraphFile { get; init; }

    /// <summary>Texts, one <c>{"lang","text"}</c> a line; null means the demo's own texts.</summary>
    public string? PostsFile { get; init; }

    /// <summary>Decides who writes what. The same seed again changes nothing; another one adds.</summary>
    public long Seed { get; init; } = 1;

    /// <summary>How many posts to write, replies included; 0 to 1,000,000.</summary>
    public int PostCount { get; init; } = 2_000;

    /// <summary>Calls in flight at a time, 1 to 256.</summary>
    public int Concurrency { get; init; } = 32;

    public TimeProvider Clock { get; init; } = TimeProvider.System;
}
