namespace DaprSocial.Search.Domain;

/// <summary>What the index holds of a user. Of an erased one a stub stays, so that nothing can bring it back.</summary>
/// <param name="Id">The user.</param>
/// <param name="Handle">Unique among those that are not stubs; empty for a stub.</param>
/// <param name="DisplayName">Name to show; may be empty.</param>
/// <param name="Bio">A few words; may be empty.</param>
/// <param name="IsDeleted">True for a stub.</param>
/// <param name="EntityVersion">The greater one is the newer state, in whatever order they come.</param>
internal sealed record UserDocument(
    UserId Id, string Handle, string DisplayName, string Bio, bool IsDeleted, long EntityVersion)
{
    /// <summary>What stays of an erased user.</summary>
    public static UserDocument Stub(UserId id, long entityVersion) =>
        new(id, "", "", "", IsDeleted: true, entityVersion);
}
