using System.Buffers;
using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;

namespace DaprSocial.Identifiers;

/// <summary>UUIDv7 (RFC 9562 §5.7): made from a chosen millisecond, read in one spelling.</summary>
public static class Uuid
{
    private const int TextLength = 36;

    // Guid.TryParseExact also takes signs and 0x in the groups, which would give one id several spellings.
    private static readonly SearchValues<char> _letters = SearchValues.Create("0123456789abcdef-");

    /// <summary>Makes a UUIDv7 of the given millisecond; its other 74 bits are random.</summary>
    /// <param name="unixMilliseconds">Milliseconds since 1970-01-01 UTC, 0 to the end of the year 9999.</param>
    public static Guid Create(long unixMilliseconds) =>
        Guid.CreateVersion7(DateTimeOffset.FromUnixTimeMilliseconds(unixMilliseconds));

    /// <summary>Below all UUIDv7 of a millisecond and above all of the one before; itself no UUIDv7.</summary>
    /// <param name="unixMilliseconds">Milliseconds since 1970-01-01 UTC, 0 to the end of the year 9999.</param>
    public static Guid LowerBoundOf(long unixMilliseconds)
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteInt64BigEndian(bytes, unixMilliseconds << 16);
        return new Guid(bytes, bigEndian: true);
    }

    /// <summary>The millisecond that a UUIDv7 was made of.</summary>
    public static long GetUnixMilliseconds(Guid id)
    {
        Span<byte> bytes = stackalloc byte[16];
        id.TryWriteBytes(bytes, bigEndian: true, out _);
        return ((long)bytes[0] << 40) | ((long)bytes[1] << 32) | ((long)bytes[2] << 24)
            | ((long)bytes[3] << 16) | ((long)bytes[4] << 8) | bytes[5];
    }

    /// <summary>The time that a UUIDv7 was made of, in UTC, to the millisecond.</summary>
    public static DateTimeOffset GetTime(Guid id) => DateTimeOffset.FromUnixTimeMilliseconds(GetUnixMilliseconds(id));

    /// <summary>Reads the canonical lower-case form of a UUID that is not nil.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out Guid value)
    {
        value = default;
        return text is { Length: TextLength }
            && !text.AsSpan().ContainsAnyExcept(_letters)
            && Guid.TryParseExact(text, "D", out value)
            && value != Guid.Empty;
    }

    /// <summary>
    /// The 16 bytes in big-endian order, which is the order of the text and of <c>uuid</c> in PostgreSQL.
    /// </summary>
    public static byte[] ToBytes(Guid id) => id.ToByteArray(bigEndian: true);

    /// <summary>Reads 16 big-endian bytes.</summary>
    /// <returns>False when there are not 16.</returns>
    public static bool TryFromBytes(ReadOnlySpan<byte> bytes, out Guid id)
    {
        id = bytes.Length == 16 ? new Guid(bytes, bigEndian: true) : default;
        return bytes.Length == 16;
    }
}
