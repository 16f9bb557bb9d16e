using System.Text;

namespace DaprSocial.Projections;

/// <summary>Makes any text one that PostgreSQL can hold, and short.</summary>
internal static class StoredText
{
    private const int LengthMax = 500;

    public static string Of(string text)
    {
        var stored = new StringBuilder();
        // By runes: PostgreSQL's text holds no half of a surrogate pair, which cutting may leave, and no NUL.
        foreach (var rune in text.EnumerateRunes())
        {
            if (stored.Length + rune.Utf16SequenceLength > LengthMax)
                break;
            stored.Append(rune.Value == 0 ? Rune.ReplacementChar : rune);
        }

        return stored.ToString();
    }
}
