namespace DaprSocial.Posts.Domain;

/// <summary>A medium that a post shows, and what those hear who do not see it; empty for some videos.</summary>
internal sealed record PostAttachment(MediaId MediaId, string AltText)
{
    /// <summary>The most that a post has.</summary>
    public const int CountMax = 4;

    /// <summary>The longest text, in user-perceived characters.</summary>
    public const int AltTextGraphemesMax = 1000;
}
