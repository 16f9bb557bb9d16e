namespace DaprSocial.Bench.Searching;

/// <summary>A post to be found.</summary>
/// <param name="Id">UUIDv7.</param>
/// <param name="AuthorId">Who wrote it.</param>
/// <param name="Language">BCP 47 tag; may be empty.</param>
/// <param name="Text">The text.</param>
public sealed record BenchPost(Guid Id, Guid AuthorId, string Language, string Text);
