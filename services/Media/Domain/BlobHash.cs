using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace DaprSocial.Media.Domain;

/// <summary>
/// SHA-256 of some bytes: 64 lower-case hexadecimal digits, and nothing else, so that it can name a file.
/// </summary>
internal readonly record struct BlobHash
{
    private const int Length = 2 * SHA256.HashSizeInBytes;

    private BlobHash(string value) => Value = value;

    public string Value { get; }

    public static bool TryParse([NotNullWhen(true)] string? text, out BlobHash hash)
    {
        var isHash = text is { Length: Length } && text.All(char.IsAsciiHexDigitLower);
        hash = isHash ? new BlobHash(text!) : default;
        return isHash;
    }

    /// <exception cref="FormatException">The text is no hash.</exception>
    public static BlobHash Parse(string text) =>
        TryParse(text, out var hash) ? hash : throw new FormatException($"'{text}' is no SHA-256.");

    public static async Task<BlobHash> OfFileAsync(string path, CancellationToken cancellationToken)
    {
        await using var file = File.OpenRead(path);
        return new BlobHash(Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancellationToken)));
    }

    public override string ToString() => Value;
}
