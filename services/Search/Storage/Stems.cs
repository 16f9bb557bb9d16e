using DaprSocial.Search.Text;

namespace DaprSocial.Search.Storage;

/// <summary>What words come from, by the grammars that were asked.</summary>
/// <param name="Known">By dictionary and word in lower case; null for one that its language does not count.</param>
internal sealed record Stems(IReadOnlyDictionary<(string Dictionary, string Word), string?> Known)
{
    /// <summary>The stem, folded; null when the language does not count the word, or was not asked.</summary>
    public string? Of(string dictionary, string word) =>
        Known.GetValueOrDefault((dictionary, word)) is { } stem ? Folding.Fold(stem) : null;
}
