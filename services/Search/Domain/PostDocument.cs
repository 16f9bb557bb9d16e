using DaprSocial.Posts.V1;

namespace DaprSocial.Search.Domain;

/// <summary>What the index holds of a post. Of a deleted one a stub stays, so that nothing can bring it back.</summary>
/// <param name="Id">The post; its milliseconds are when it was created.</param>
/// <param name="AuthorId">Who wrote it.</param>
/// <param name="ParentAuthorId">Whose post it answers; null when it answers none.</param>
/// <param name="Visibility">Who may see it.</param>
/// <param name="Language">BCP 47 tag as the author gave it, lower case; empty when not given.</param>
/// <param name="Text">The text; empty for a stub.</param>
/// <param name="HasMedia">True when media are attached.</param>
/// <param name="IsDeleted">True for a stub.</param>
/// <param name="EntityVersion">The greater one is the newer state, in whatever order they come.</param>
internal sealed record PostDocument(
    PostId Id, UserId AuthorId, UserId? ParentAuthorId, Visibility Visibility, string Language, string Text,
    bool HasMedia, bool IsDeleted, long EntityVersion)
{
    /// <summary>What stays of a deleted post.</summary>
    public static PostDocument Stub(PostId id, UserId authorId, long entityVersion) => new(
        id, authorId, null, Visibility.Public, "", "", HasMedia: false, IsDeleted: true, entityVersion);

    /// <summary>The first part of a language tag: what <c>lang:</c> and stemmers go by.</summary>
    public static string PrimaryLanguage(string language) => language.Split('-', 2)[0];
}
