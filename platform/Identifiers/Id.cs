using System.Diagnostics.CodeAnalysis;

namespace DaprSocial.Identifiers;

/// <summary>
/// The id of a <typeparamref name="T"/>: a UUIDv7, so ids of later things are greater (RFC 9562 §5.7).
/// </summary>
/// <remarks>
/// Text form: canonical and lower case, 36 characters; nothing else is accepted, so one id has one spelling.
/// Order: <see cref="Guid.CompareTo(Guid)"/>, the text and the big-endian bytes all sort alike.
/// </remarks>
/// <typeparam name="T">
/// The message that the id names; only a mark, so that ids of two kinds cannot be mixed up.
/// </typeparam>
/// <param name="Value">The UUID.</param>
public readonly record struct Id<T>(Guid Value) : IComparable<Id<T>>
{
    /// <summary>Reads the canonical lower-case form.</summary>
    /// <returns>False when the text is anything else, also upper case, braces or the nil UUID.</returns>
#pragma warning disable CA1000 // Called through the aliases UserId, PostId …, where the type argument is not seen.
    public static bool TryParse([NotNullWhen(true)] string? text, out Id<T> id)
    {
        id = default;
        if (!Uuid.TryParse(text, out var value))
            return false;
        id = new Id<T>(value);
        return true;
    }
#pragma warning restore CA1000

    /// <inheritdoc />
    public int CompareTo(Id<T> other) => Value.CompareTo(other.Value);

    /// <summary>True when <paramref name="left"/> is older than <paramref name="right"/>.</summary>
    public static bool operator <(Id<T> left, Id<T> right) => left.CompareTo(right) < 0;

    /// <summary>True when <paramref name="left"/> is newer than <paramref name="right"/>.</summary>
    public static bool operator >(Id<T> left, Id<T> right) => left.CompareTo(right) > 0;

    /// <summary>True when <paramref name="left"/> is not newer than <paramref name="right"/>.</summary>
    public static bool operator <=(Id<T> left, Id<T> right) => left.CompareTo(right) <= 0;

    /// <summary>True when <paramref name="left"/> is not older than <paramref name="right"/>.</summary>
    public static bool operator >=(Id<T> left, Id<T> right) => left.CompareTo(right) >= 0;

    /// <summary>The canonical lower-case form.</summary>
    public override string ToString() => Value.ToString("D");
}
