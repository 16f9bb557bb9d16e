namespace DaprSocial.Ctl.Erasing;

/// <summary>Who is erased, and what is known of them before: by it traces are found afterwards.</summary>
/// <param name="Handle">Null when the profile is erased already.</param>
/// <param name="Texts">Name, description and posts, those that are long enough to be theirs alone.</param>
internal sealed record ErasedUser(Guid Id, string? Handle, IReadOnlyList<string> Texts);
