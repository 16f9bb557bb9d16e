namespace DaprSocial.Load.Checking;

/// <summary>A post as the command store holds it; a deleted one stays there, perhaps without its text.</summary>
internal sealed record StoredPost(
    Guid Id,
    Guid AuthorId,
    string? Text,
    Guid? ReplyTo,
    Guid? ParentAuthorId,
    bool FollowersOnly,
    bool Deleted);
