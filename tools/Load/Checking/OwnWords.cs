namespace DaprSocial.Load.Checking;

/// <summary>
/// Words of a text by which it must be found, cut in the plainest way: runs of Latin or Cyrillic letters, and pairs of
/// Chinese characters. Pure.
/// </summary>
internal static class OwnWords
{
    private const int LengthMin = 2;
    private const int LengthMax = 40;

    public static IReadOnlySet<string> Of(string text)
    {
        var words = new HashSet<string>();
        for (var at = 0; at < text.Length;)
        {
            if (!char.IsLetterOrDigit(text[at]) || char.IsSurrogate(text[at]))
            {
                at++;
                continue;
            }

            var start = at;
            while (at < text.Length && char.IsLetterOrDigit(text[at]))
                at++;
            var run = text[start..at];
            // Next to a mark or a half of a pair nobody can say in plain words where a word ends.
            if ((start > 0 && IsOdd(text[start - 1])) || (at < text.Length && IsOdd(text[at])))
                continue;
            if (run.Length is >= LengthMin and <= LengthMax && run.All(IsPlain))
                words.Add(run.ToLowerInvariant());
            else if (run.Length >= LengthMin && run.All(IsHan))
                words.Add(run[..LengthMin]);
        }

        return words;
    }

    private static bool IsPlain(char letter) =>
        char.IsAsciiLetter(letter)
        || letter is (>= 'À' and <= 'ÿ' and not '×' and not '÷') or (>= 'А' and <= 'я') or 'ё' or 'Ё';

    private static bool IsHan(char letter) => letter is >= '一' and <= '鿿';

    private static bool IsOdd(char letter) =>
        char.IsSurrogate(letter) || char.GetUnicodeCategory(letter)
            is System.Globalization.UnicodeCategory.NonSpacingMark
            or System.Globalization.UnicodeCategory.SpacingCombiningMark
            or System.Globalization.UnicodeCategory.EnclosingMark;
}
