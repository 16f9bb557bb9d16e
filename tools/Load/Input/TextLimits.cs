using System.Globalization;
using System.Text;

namespace DaprSocial.Load.Input;

/// <summary>What Posts accepts as the text of a post (post.proto).</summary>
internal static class TextLimits
{
    public const int GraphemesMax = 300;
    public const int BytesMax = 3_000;
    public const int LanguageCharactersMax = 35;

    public static bool Allows(string text) =>
        !string.IsNullOrWhiteSpace(text)
        && Encoding.UTF8.GetByteCount(text) <= BytesMax
        && new StringInfo(text).LengthInTextElements <= GraphemesMax;
}
