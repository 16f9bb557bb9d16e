using System.Collections.Frozen;
using System.Text;

namespace DaprSocial.Search.Text;

/// <summary>
/// Makes spellings of one word alike: lower case, full-width letters as plain ones, Latin and Greek letters without
/// accents. Pure.
/// </summary>
/// <remarks>
/// A table, because string.Normalize does nothing where globalization is invariant, as it is here; and because folding
/// by decomposition would merge what is two letters in other scripts (Japanese voicing marks, Cyrillic short i).
/// </remarks>
internal static class Folding
{
    private const char FullWidthFirst = '\uff01';
    private const char FullWidthLast = '\uff5e';
    private const int FullWidthShift = 0xfee0;
    private const char CombiningFirst = '\u0300';
    private const char CombiningLast = '\u036f';

    private static readonly FrozenDictionary<char, string> _folds = Build();

    /// <summary>Lower case and plain width; accents stay, which stemmers want to see.</summary>
    public static string Lower(ReadOnlySpan<char> word)
    {
        var lower = new StringBuilder(word.Length);
        foreach (var letter in word)
        {
            lower.Append(letter is >= FullWidthFirst and <= FullWidthLast
                ? char.ToLowerInvariant((char)(letter - FullWidthShift))
                : char.ToLowerInvariant(letter));
        }

        return lower.ToString();
    }

    /// <summary>A lower-case word without accents.</summary>
    public static string Fold(string lower)
    {
        if (Ascii.IsValid(lower))
            return lower;
        var folded = new StringBuilder(lower.Length);
        foreach (var letter in lower)
        {
            if (letter is >= CombiningFirst and <= CombiningLast)
                continue;
            if (_folds.TryGetValue(letter, out var plain))
                folded.Append(plain);
            else
                folded.Append(letter);
        }

        return folded.ToString();
    }

    private static FrozenDictionary<char, string> Build()
    {
        (string Letters, string Plain)[] groups =
        [
            ("àáâãäåāăąǎȁȃȧạảấầẩẫậắằẳẵặ", "a"), ("çćĉċč", "c"), ("ďđð", "d"), ("èéêëēĕėęěȅȇẹẻẽếềểễệ", "e"),
            ("ĝğġģǧ", "g"), ("ĥħ", "h"), ("ìíîïĩīĭįıǐȉȋỉị", "i"), ("ĵ", "j"), ("ķǩ", "k"), ("ĺļľŀł", "l"),
            ("ñńņňŉ", "n"), ("òóôõöøōŏőǒȍȏơọỏốồổỗộớờởỡợ", "o"), ("ŕŗřȑȓ", "r"), ("śŝşšș", "s"), ("ţťŧț", "t"),
            ("ùúûüũūŭůűųǔȕȗưụủứừửữự", "u"), ("ŵ", "w"), ("ýÿŷỳỵỷỹ", "y"), ("źżž", "z"), ("æ", "ae"), ("œ", "oe"),
            ("ß", "ss"), ("þ", "th"), ("ά", "α"), ("έ", "ε"), ("ή", "η"), ("ίϊΐ", "ι"), ("ό", "ο"), ("ύϋΰ", "υ"),
            ("ώ", "ω"), ("ς", "σ"), ("ё", "е"),
        ];
        return groups.SelectMany(group => group.Letters, (group, letter) => (letter, group.Plain))
            .ToFrozenDictionary(pair => pair.letter, pair => pair.Plain);
    }
}
