using System.Globalization;
using System.Text;

namespace DaprSocial.Load.Reporting;

/// <summary>Makes any text fit to be printed on one line of a terminal.</summary>
internal static class OneLine
{
    /// <summary>Cuts after so many graphemes; line breaks and what could steer a terminal become spaces.</summary>
    public static string Of(string text, int graphemesMax)
    {
        var clean = new StringBuilder(text.Length);
        foreach (var character in text)
        {
            clean.Append(char.IsControl(character) || SteersDirection(character) ? ' ' : character);
        }

        var info = new StringInfo(clean.ToString().Trim());
        return info.LengthInTextElements <= graphemesMax
            ? info.String
            : $"{info.SubstringByTextElements(0, graphemesMax - 1)}…";
    }

    private static bool SteersDirection(char character) =>
        character is (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069') or '\u2028' or '\u2029';
}
