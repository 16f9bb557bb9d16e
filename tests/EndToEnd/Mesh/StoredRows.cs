namespace DaprSocial.EndToEnd.Tests.Mesh;

/// <summary>How much the command side of the whole mesh holds: a refused call changes none of it.</summary>
/// <param name="Events">Rows of every log, those without a place in it included.</param>
/// <param name="StreamVersions">The versions of all streams added up.</param>
/// <param name="Requests">Answers kept under idempotency keys.</param>
/// <param name="EntityVersions">The versions of all posts, reactions, follows and users added up.</param>
internal sealed record StoredRows(
    long Events, decimal StreamVersions, long Requests, long Users, long Posts, long Reactions, long Follows,
    decimal EntityVersions);
