namespace DaprSocial.Bench.Searching;

/// <summary>One kind of query.</summary>
/// <param name="Name">As the report calls it.</param>
/// <param name="Queries">Asked in turn.</param>
/// <param name="IsTop">True for the best first.</param>
/// <param name="PlainFunction">What of PostgreSQL makes the same of the plain words; null where nothing does.</param>
/// <param name="PlainQueries">What it is given.</param>
internal sealed record SearchKind(
    string Name, IReadOnlyList<string> Queries, bool IsTop, PlainFunction? PlainFunction,
    IReadOnlyList<string> PlainQueries);
