namespace DaprSocial.Posts.Queries;

/// <summary>Whether a viewer may see a post.</summary>
internal enum Sight
{
    Visible,
    Hidden,

    /// <summary>Graph could not say; hidden for now.</summary>
    Undecided,
}
