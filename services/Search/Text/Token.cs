namespace DaprSocial.Search.Text;

/// <summary>A word of a text, and where it stands there.</summary>
/// <param name="Kind">What sort of word.</param>
/// <param name="Lower">Lower case, with accents; for stemmers.</param>
/// <param name="Exact">Folded: two spellings that count as one have the same.</param>
/// <param name="Place">1, 2, 3 … in the text; a tag and its words share theirs.</param>
/// <param name="Start">First UTF-16 code unit in the text.</param>
/// <param name="End">The one after the last.</param>
internal readonly record struct Token(TokenKind Kind, string Lower, string Exact, int Place, int Start, int End);
