using System.Buffers.Binary;

namespace DaprSocial.Caching;

/// <summary>A state of an entity.</summary>
/// <param name="Version">Its entity version; the greater one is the newer.</param>
/// <param name="Value">Its state as bytes; empty for a tombstone.</param>
public readonly record struct CacheEntry(long Version, ReadOnlyMemory<byte> Value)
{
    private const int HeaderSize = 2 * sizeof(long);

    /// <summary>True when the entity was deleted with this version.</summary>
    public bool IsTombstone => Value.IsEmpty;

    /// <summary>That the entity was deleted.</summary>
    public static CacheEntry Tombstone(long version) => new(version, default);

    /// <summary>
    /// The entry as it is stored: version, then the time until which it is good, then the value. The store's own expiry
    /// is set by a second command (components-contrib#3833), which may never come.
    /// </summary>
    internal byte[] Encode(DateTimeOffset goodUntil)
    {
        var bytes = new byte[HeaderSize + Value.Length];
        BinaryPrimitives.WriteInt64BigEndian(bytes, Version);
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(sizeof(long)), goodUntil.ToUnixTimeMilliseconds());
        Value.Span.CopyTo(bytes.AsSpan(HeaderSize));
        return bytes;
    }

    /// <returns>Null when the bytes are none of ours.</returns>
    internal static (CacheEntry Entry, DateTimeOffset GoodUntil)? Decode(ReadOnlyMemory<byte> bytes)
    {
        if (bytes.Length < HeaderSize)
            return null;
        var version = BinaryPrimitives.ReadInt64BigEndian(bytes.Span);
        var goodUntil = BinaryPrimitives.ReadInt64BigEndian(bytes.Span[sizeof(long)..]);
        var isTime = goodUntil >= 0 && goodUntil <= DateTimeOffset.MaxValue.ToUnixTimeMilliseconds();
        return version > 0 && isTime
            ? (new CacheEntry(version, bytes[HeaderSize..]), DateTimeOffset.FromUnixTimeMilliseconds(goodUntil))
            : null;
    }
}
