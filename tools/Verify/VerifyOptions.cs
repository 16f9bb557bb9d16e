namespace DaprSocial.Verify;

/// <summary>What is compared.</summary>
public sealed record VerifyOptions
{
    /// <summary>The database that holds command stores and projections.</summary>
    public required string PostgresConnectionString { get; init; }

    /// <summary>gRPC address of a sidecar; null compares tables only, not what the services answer.</summary>
    public Uri? EdgeAddress { get; init; }

    /// <summary>About how many keys of each table are compared, 10 to 100,000; null means every key.</summary>
    public int? SampleSize { get; init; }

    /// <summary>True reads also every timeline, relation list and post through the services.</summary>
    public bool HasAllAnswers { get; init; }

    /// <summary>Picks the sample and what is read through the services.</summary>
    public long Seed { get; init; }

    /// <summary>How long projections may take to catch up before what they lack is a difference.</summary>
    public TimeSpan CatchUpMax { get; init; } = TimeSpan.FromSeconds(30);

    public TimeProvider Clock { get; init; } = TimeProvider.System;
}
