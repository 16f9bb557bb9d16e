using DaprSocial.Consistency;
using DaprSocial.Posts.V1;

namespace DaprSocial.Timelines.Domain;

/// <summary>What timelines need of a post: who wrote it, whom it answers, who may see it; never its text.</summary>
/// <param name="Id">The post.</param>
/// <param name="AuthorId">Who wrote it.</param>
/// <param name="ParentAuthorId">Whose post it answers; null when it answers none.</param>
/// <param name="Visibility">Who may see it.</param>
/// <param name="IsDeleted">True for a tombstone.</param>
/// <param name="EntityVersion">The greater one is the newer state.</param>
/// <param name="After">What must be applied before it is shown, if it is not public.</param>
internal sealed record TimelinePost(
    PostId Id, UserId AuthorId, UserId? ParentAuthorId, Visibility Visibility, bool IsDeleted, long EntityVersion,
    ConsistencyToken After);
