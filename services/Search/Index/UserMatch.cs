namespace DaprSocial.Search.Index;

/// <summary>A user who was found. Users are ordered by group, then handle, then id.</summary>
/// <param name="Id">The user.</param>
/// <param name="Group">
/// 0 the handle is the query, 1 it begins so, 2 the words are in handle and name, 3 in the bio too.
/// </param>
/// <param name="Handle">Their handle.</param>
internal sealed record UserMatch(UserId Id, int Group, string Handle);
