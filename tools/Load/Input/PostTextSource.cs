using System.Security.Cryptography;
using System.Text;

namespace DaprSocial.Load.Input;

/// <summary>Texts to post.</summary>
/// <param name="Name">Where they are from.</param>
/// <param name="Key">Changes whenever a text changes.</param>
/// <param name="Texts">At least one.</param>
/// <param name="SkippedCount">Texts of the source that break the limits of a post.</param>
internal sealed record PostTextSource(string Name, string Key, IReadOnlyList<PostText> Texts, int SkippedCount)
{
    public static PostTextSource Create(string name, IReadOnlyList<PostText> texts, int skippedCount)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var text in texts)
        {
            hash.AppendData(Encoding.UTF8.GetBytes($"{text.Language}\0{text.Text}\0"));
        }

        return new(name, Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, 8)), texts, skippedCount);
    }
}
