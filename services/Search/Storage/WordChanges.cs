using DaprSocial.Search.Domain;
using DaprSocial.Search.Text;

namespace DaprSocial.Search.Storage;

/// <summary>By how much the number of posts that have a word changes. Pure.</summary>
internal static class WordChanges
{
    /// <param name="gone">Texts that no longer count.</param>
    /// <param name="come">Texts that count now.</param>
    /// <returns>By word that a misspelt one may have meant; those that change are there.</returns>
    public static IReadOnlyDictionary<string, long> Of(
        IEnumerable<IReadOnlyList<Token>> gone, IEnumerable<IReadOnlyList<Token>> come)
    {
        var changes = new Dictionary<string, long>();
        Add(gone, -1);
        Add(come, 1);
        return changes.Where(change => change.Value != 0).ToDictionary();

        void Add(IEnumerable<IReadOnlyList<Token>> texts, int change)
        {
            foreach (var word in texts.SelectMany(WordsOf))
                changes[word] = changes.GetValueOrDefault(word) + change;
        }
    }

    private static IEnumerable<string> WordsOf(IReadOnlyList<Token> tokens) => tokens
        .Where(token => token.Kind == TokenKind.Word && SearchTerm.IsCorrectable(token.Exact))
        .Select(token => token.Exact)
        .Distinct();
}
