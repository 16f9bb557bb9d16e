using DaprSocial.Load.Checking;
using DaprSocial.Load.Generation;
using DaprSocial.Load.Input;

namespace DaprSocial.Load.Reporting;

/// <summary>
/// Queries to show, made of words that posts have: one a language, and what a query can say besides. Pure.
/// </summary>
internal static class SampleQueries
{
    private const int LanguagesMax = 5;
    private const int WordLengthMin = 6;
    private const int PrefixLength = 5;
    private const int FrequentMax = 40;

    /// <param name="posts">What is public.</param>
    /// <param name="random">Picks the words.</param>
    public static IReadOnlyList<string> Of(IEnumerable<PostText> posts, SeededRandom random)
    {
        var byLanguage = posts.GroupBy(post => post.Language)
            .Select(group => (group.Key, Words: FrequentWordsOf([.. group.Select(post => post.Text)])))
            .Where(group => group.Words.Count > 0)
            .OrderByDescending(group => group.Words.Count).ThenBy(group => group.Key, StringComparer.Ordinal)
            .Take(LanguagesMax).ToList();
        var queries = byLanguage.Select(group => random.Pick(group.Words)).ToList();
        var (language, latin) = byLanguage
            .FirstOrDefault(group => group.Words.Any(word => word.Length >= WordLengthMin));
        if (latin is null)
            return queries;
        var words = latin.Where(word => word.Length >= WordLengthMin).ToArray();
        random.Shuffle(words);
        var (one, other) = (words[0], words[^1]);
        if (language.Length > 0)
            queries.Add($"{one} lang:{language.Split('-')[0]} since:2020-01-01 -{other}");
        queries.Add($"{one[..PrefixLength]}*");
        queries.Add($"{other[..2]}{other[3..]}");
        return queries;
    }

    private static List<string> FrequentWordsOf(List<string> texts) =>
    [
        .. texts.SelectMany(OwnWords.Of)
            .Where(word => word.Length >= WordLengthMin || !char.IsAscii(word[0]))
            .GroupBy(word => word)
            .Where(group => group.Count() > 1)
            .OrderByDescending(group => group.Count()).ThenBy(group => group.Key, StringComparer.Ordinal)
            .Take(FrequentMax).Select(group => group.Key),
    ];
}
