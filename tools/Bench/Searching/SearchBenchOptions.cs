namespace DaprSocial.Bench.Searching;

/// <summary>How much to measure.</summary>
public sealed record SearchBenchOptions
{
    /// <summary>Posts in the index.</summary>
    public int PostCount { get; init; } = 200_000;

    /// <summary>Texts, one <c>{"lang","text"}</c> a line; null means the demo's own texts.</summary>
    public string? TextsFile { get; init; }
}
