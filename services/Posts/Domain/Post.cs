using DaprSocial.Posts.V1;

namespace DaprSocial.Posts.Domain;

/// <summary>A post as its author wrote it. A deleted one is a tombstone without text.</summary>
internal sealed record Post(
    PostId Id, UserId AuthorId, string Text, PostId? ReplyTo, UserId? ParentAuthorId, PostId? RootId, string Language,
    Visibility Visibility, bool IsDeleted, long EntityVersion)
{
    /// <summary>What it shows.</summary>
    public IReadOnlyList<PostAttachment> Media { get; init; } = [];

    /// <summary>A new post, placed in its thread.</summary>
    public static Post Create(
        PostId id, UserId authorId, PostText text, Post? parent, string language, Visibility visibility) =>
        new(id, authorId, text.Value, parent?.Id, parent?.AuthorId, parent is null ? null : parent.RootId ?? parent.Id,
            language, visibility, IsDeleted: false, EntityVersion: 1);

    /// <summary>
    /// The tombstone that stays: nothing of what was written, all that keeps threads and versions right.
    /// </summary>
    public Post Delete() => this with
    {
        Text = "", Language = "", Media = [], IsDeleted = true, EntityVersion = EntityVersion + 1,
    };
}
