namespace DaprSocial.Search.Index;

/// <summary>A post that was found.</summary>
/// <param name="Id">The post.</param>
/// <param name="AuthorId">Who wrote it.</param>
/// <param name="Score">What it was ranked by; 0 where posts are ordered by age.</param>
internal sealed record PostMatch(PostId Id, UserId AuthorId, double Score);
