using DaprSocial.Search.Text;

namespace DaprSocial.Search.Index;

/// <summary>A search for users.</summary>
/// <param name="Text">What was typed, lower case, without "@": a handle, or the beginning of one.</param>
/// <param name="Words">The words in it; all must be there.</param>
/// <param name="IsTypeahead">True when the last word may be the beginning of one, and bios are not looked at.</param>
/// <param name="After">The last user of the page before; null for the first page.</param>
/// <param name="Limit">Users at most, from 1.</param>
internal sealed record UserSearch(
    string Text, IReadOnlyList<Token> Words, bool IsTypeahead, UserMatch? After, int Limit);
