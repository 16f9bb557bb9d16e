using System.Globalization;
using System.Text;

namespace DaprSocial.Search.Text;

/// <summary>
/// Cuts a text into the words that the index knows. Pure and total: any text, broken surrogates too, in one pass.
/// </summary>
/// <remarks>
/// A word is a run of letters, digits and marks. Scripts without spaces between words (Chinese, Japanese, Korean, Thai
/// and their like) give bigrams: 早上好 → 早上 上好 好. The last one alone lets a single character be found as the
/// beginning of a bigram wherever it stands, and two neighbours in the index stand for two neighbours in the text, so
/// that any part of the text is found as a phrase.
/// </remarks>
internal static class Tokenizer
{
    /// <summary>Longer words are cut here: an index entry has to stay small.</summary>
    private const int WordLengthMax = 64;

    public static IReadOnlyList<Token> Cut(string text)
    {
        var tokens = new List<Token>();
        var (place, at) = (0, 0);
        while (at < text.Length)
        {
            if (text[at] is '#' or '＃' && TagEnd(text, at + 1) is var end && end > at + 1)
            {
                var tag = Clip(Folding.Lower(text.AsSpan(at + 1, end - at - 1)));
                tokens.Add(new Token(TokenKind.Tag, tag, "#" + Folding.Fold(tag), place + 1, at, end));
                AddRuns(text, at + 1, end, tokens, ref place);
                at = end;
            }
            else if (ClassAt(text, at, out var length) == CharacterClass.Other)
                at += length;
            else
                at = AddRun(text, at, text.Length, tokens, ref place);
        }

        return tokens;
    }

    /// <summary>True for a character that may stand in a word.</summary>
    public static bool IsWordRune(Rune rune) => ClassOf(rune) != CharacterClass.Other;

    private static void AddRuns(string text, int start, int end, List<Token> tokens, ref int place)
    {
        for (var at = start; at < end;)
        {
            if (ClassAt(text, at, out var length) == CharacterClass.Other)
                at += length;
            else
                at = AddRun(text, at, end, tokens, ref place);
        }
    }

    /// <summary>Adds the run of one class that begins here.</summary>
    /// <returns>Where it ends.</returns>
    private static int AddRun(string text, int start, int limit, List<Token> tokens, ref int place)
    {
        var wanted = ClassAt(text, start, out _);
        var at = start;
        var previous = -1;
        while (at < limit && ClassAt(text, at, out var length) is var kind
            && (kind == wanted || kind == CharacterClass.Mark))
        {
            if (wanted == CharacterClass.Unspaced && previous >= 0)
                AddBigram(text, previous, at + length, tokens, ++place);
            previous = at;
            at += length;
        }

        if (wanted == CharacterClass.Unspaced)
            AddBigram(text, previous, at, tokens, ++place);
        else
        {
            var lower = Clip(Folding.Lower(text.AsSpan(start, at - start)));
            // A run of marks alone folds to nothing.
            if (Folding.Fold(lower) is { Length: > 0 } exact)
                tokens.Add(new Token(TokenKind.Word, lower, exact, ++place, start, at));
        }

        return at;
    }

    private static void AddBigram(string text, int start, int end, List<Token> tokens, int place)
    {
        var lower = Folding.Lower(text.AsSpan(start, end - start));
        tokens.Add(new Token(TokenKind.Bigram, lower, lower, place, start, end));
    }

    private static int TagEnd(string text, int start)
    {
        var (end, hasLetter) = (start, false);
        while (end < text.Length)
        {
            var kind = ClassAt(text, end, out var length);
            if (kind == CharacterClass.Other && text[end] != '_')
                break;
            hasLetter |= kind != CharacterClass.Other && !char.IsDigit(text[end]);
            end += length;
        }

        // "#1" is a number, as in "we are #1".
        return hasLetter ? end : start;
    }

    private static string Clip(string word)
    {
        if (word.Length <= WordLengthMax)
            return word;
        return char.IsHighSurrogate(word[WordLengthMax - 1]) ? word[..(WordLengthMax - 1)] : word[..WordLengthMax];
    }

    private static CharacterClass ClassAt(string text, int at, out int length)
    {
        // Half of a pair is no character: it parts words like a space.
        if (Rune.TryGetRuneAt(text, at, out var rune))
        {
            length = rune.Utf16SequenceLength;
            return ClassOf(rune);
        }

        length = 1;
        return CharacterClass.Other;
    }

    private static CharacterClass ClassOf(Rune rune)
    {
        if (IsUnspaced(rune.Value) && (Rune.IsLetter(rune) || IsMark(rune)))
            return CharacterClass.Unspaced;
        if (Rune.IsLetterOrDigit(rune))
            return CharacterClass.Spaced;
        return IsMark(rune) ? CharacterClass.Mark : CharacterClass.Other;
    }

    private static bool IsMark(Rune rune) => Rune.GetUnicodeCategory(rune)
        is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark;

    private static bool IsUnspaced(int code) => code
        is (>= 0x0e00 and <= 0x0eff)       // Thai, Lao
        or (>= 0x1000 and <= 0x109f)       // Myanmar
        or (>= 0x1780 and <= 0x17ff)       // Khmer
        or (>= 0x1100 and <= 0x11ff)       // Hangul parts
        or (>= 0x3005 and <= 0x30ff)       // Japanese syllables, repetition marks
        or (>= 0x3105 and <= 0x31ff)       // Bopomofo, Hangul, Katakana
        or (>= 0x3400 and <= 0x9fff)       // Han
        or (>= 0xac00 and <= 0xd7ff)       // Hangul
        or (>= 0xf900 and <= 0xfaff)       // Han, compatible
        or (>= 0xff66 and <= 0xffdc)       // half-width Katakana and Hangul
        or (>= 0x20000 and <= 0x3ffff);    // Han, rare

    private enum CharacterClass
    {
        Other,
        Spaced,
        Unspaced,
        Mark,
    }
}
