using System.Security.Cryptography;
using System.Text;

namespace DaprSocial.Ctl;

/// <summary>Twelve hexadecimal digits that stand for some content in a name.</summary>
internal static class ShortHash
{
    public static string Of(string text) => Of(Encoding.UTF8.GetBytes(text));

    public static string Of(ReadOnlySpan<byte> content) => Convert.ToHexStringLower(SHA256.HashData(content))[..12];
}
