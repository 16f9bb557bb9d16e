namespace DaprSocial.Bench.Searching;

/// <summary>The figures of one kind of query.</summary>
/// <param name="Kind">Which kind.</param>
/// <param name="Index">Of the index.</param>
/// <param name="Plain">Of the plain tsvector query; null where it has nothing that answers this kind.</param>
public sealed record SearchFigures(string Kind, Latencies Index, Latencies? Plain);
