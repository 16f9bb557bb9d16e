namespace DaprSocial.Search.Text;

/// <summary>Phrases of tokens. Pure.</summary>
internal static class Phrases
{
    /// <summary>
    /// The tokens of a phrase without those that say nothing more: the last character of a run, which the bigram
    /// before it has, and which in the text looked for may stand in another bigram.
    /// </summary>
    public static IReadOnlyList<Token> Needed(IReadOnlyList<Token> tokens) =>
    [
        .. tokens.Where((token, i) =>
            !(IsSingle(token) && i > 0 && tokens[i - 1].Kind == TokenKind.Bigram && tokens[i - 1].End == token.End)),
    ];

    /// <summary>True for a character of a script without spaces that stands alone.</summary>
    public static bool IsSingle(Token token) =>
        token.Kind == TokenKind.Bigram
        && token.Exact.Length <= (char.IsHighSurrogate(token.Exact[0]) ? 2 : 1);

    /// <summary>True when a token of a text is the one of a phrase; a single character stands in any bigram.</summary>
    public static bool Matches(Token wanted, Token found) => IsSingle(wanted)
        ? found.Kind == TokenKind.Bigram && found.Exact.StartsWith(wanted.Exact, StringComparison.Ordinal)
        : found.Kind != TokenKind.Tag && found.Exact == wanted.Exact;
}
