namespace DaprSocial.Search.Storage;

/// <summary>Which of similar words a misspelt one may have meant. Pure.</summary>
internal static class Spelling
{
    private const int AlternativesMax = 3;
    private const int ShortLengthMax = 5;

    // Two neighbours swapped leave words of five letters two of ten trigrams in common, of six letters three of eleven.
    // What is less similar need not be looked at; the lower the bound, the longer it takes.
    private const double ShortSimilarityMin = 0.19;
    private const double LongSimilarityMin = 0.26;

    /// <summary>
    /// Up to three of the nearest: one slip away in words of up to five letters, two in longer ones; of those that are
    /// equally near, the ones that more posts have.
    /// </summary>
    public static IReadOnlyList<string> Nearest(string word, IReadOnlyList<(string Word, long PostCount)> candidates)
    {
        var slipsMax = word.Length <= ShortLengthMax ? 1 : 2;
        var near = candidates
            .Select(candidate => (candidate.Word, candidate.PostCount, Slips: SlipsBetween(word, candidate.Word)))
            .Where(candidate => candidate.Slips <= slipsMax)
            .ToList();
        var least = near.Count > 0 ? near.Min(candidate => candidate.Slips) : 0;
        return
        [
            .. near.Where(candidate => candidate.Slips == least)
                .OrderByDescending(candidate => candidate.PostCount)
                .ThenBy(candidate => candidate.Word, StringComparer.Ordinal)
                .Take(AlternativesMax).Select(candidate => candidate.Word),
        ];
    }

    /// <summary>How similar by trigrams a word must be to be looked at, 0 to 1.</summary>
    public static double SimilarityMin(string word) =>
        word.Length <= ShortLengthMax ? ShortSimilarityMin : LongSimilarityMin;

    /// <summary>
    /// How many letters have to be put in, left out, replaced, or swapped with their neighbour (optimal string
    /// alignment).
    /// </summary>
    public static int SlipsBetween(string one, string other)
    {
        var rows = new int[one.Length + 1, other.Length + 1];
        for (var i = 0; i <= one.Length; i++)
            rows[i, 0] = i;
        for (var j = 0; j <= other.Length; j++)
            rows[0, j] = j;
        for (var i = 1; i <= one.Length; i++)
        {
            for (var j = 1; j <= other.Length; j++)
            {
                var replaced = rows[i - 1, j - 1] + (one[i - 1] == other[j - 1] ? 0 : 1);
                var least = Math.Min(replaced, Math.Min(rows[i - 1, j], rows[i, j - 1]) + 1);
                var isSwap = i > 1 && j > 1 && one[i - 1] == other[j - 2] && one[i - 2] == other[j - 1];
                rows[i, j] = isSwap ? Math.Min(least, rows[i - 2, j - 2] + 1) : least;
            }
        }

        return rows[one.Length, other.Length];
    }
}
