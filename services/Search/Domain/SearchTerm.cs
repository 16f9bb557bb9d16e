using DaprSocial.Search.Text;

namespace DaprSocial.Search.Domain;

/// <summary>One thing that posts must have, or must not.</summary>
/// <param name="Kind">What it asks for.</param>
/// <param name="Tokens">The words in it; a tag or a word beginning has one, a word with a hyphen several.</param>
internal sealed record SearchTerm(TermKind Kind, IReadOnlyList<Token> Tokens)
{
    private const int CorrectableLengthMin = 4;
    private const int CorrectableLengthMax = 30;

    /// <summary>Other words that will do, too: the term was taken for misspelt.</summary>
    public IReadOnlyList<string> Alternatives { get; init; } = [];

    /// <summary>The word, when it is one that can be taken for misspelt; else null.</summary>
    public string? CorrectableWord =>
        Kind == TermKind.Word && Tokens is [{ Kind: TokenKind.Word, Exact: var word }] && IsCorrectable(word)
            ? word
            : null;

    /// <summary>True for words that are long enough to tell a slip from another word, and are no numbers.</summary>
    public static bool IsCorrectable(string word) =>
        word.Length is >= CorrectableLengthMin and <= CorrectableLengthMax && word.All(char.IsLetter);
}
