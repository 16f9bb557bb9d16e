using System.Text;

namespace DaprSocial.Tidy.Tests.CSharp;

/// <summary>Helpers over source text whose comments and literals no longer matter.</summary>
internal static class CodeText
{
    /// <summary>
    /// The text with everything but code turned into blanks. Offsets and lines stay as they are.
    /// </summary>
    public static string OnlyCode(string text)
    {
        var blanked = new StringBuilder(text);
        foreach (var segment in Lexer.Split(text))
        {
            if (segment.Kind == SegmentKind.Code)
                continue;
            for (var i = segment.Start; i < segment.End; i++)
            {
                if (text[i] != '\n')
                    blanked[i] = ' ';
            }
        }

        return blanked.ToString();
    }

    /// <summary>The line of an offset, from 1.</summary>
    public static int LineAt(string text, int offset) => 1 + text.AsSpan(0, offset).Count('\n');
}
