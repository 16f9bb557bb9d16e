namespace DaprSocial.Load.Reporting;

/// <summary>A query and the first posts that it found, for the report.</summary>
/// <param name="Query">As it was typed.</param>
/// <param name="Corrected">What was searched beside words that were taken for misspelt; empty for none.</param>
/// <param name="Hits">The best first.</param>
public sealed record SampleSearch(string Query, string Corrected, IReadOnlyList<SampleEntry> Hits);
