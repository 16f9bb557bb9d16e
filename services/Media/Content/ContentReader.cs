using System.Buffers.Binary;
using DaprSocial.Media.Domain;

namespace DaprSocial.Media.Content;

/// <summary>
/// Reads numbers and skips parts of a file; never holds more of it than a buffer. What is missing is a refusal.
/// </summary>
internal sealed class ContentReader(Stream file)
{
    public long Position => file.Position;

    public long Length => file.Length;

    public long Rest => file.Length - file.Position;

    public byte ReadByte()
    {
        var value = file.ReadByte();
        return value < 0 ? throw Truncated() : (byte)value;
    }

    public ushort ReadUInt16()
    {
        Span<byte> bytes = stackalloc byte[2];
        Read(bytes);
        return BinaryPrimitives.ReadUInt16BigEndian(bytes);
    }

    public uint ReadUInt32()
    {
        Span<byte> bytes = stackalloc byte[4];
        Read(bytes);
        return BinaryPrimitives.ReadUInt32BigEndian(bytes);
    }

    public void Read(Span<byte> bytes)
    {
        if (file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) < bytes.Length)
            throw Truncated();
    }

    public void Skip(long count)
    {
        if (count > Rest)
            throw Truncated();
        file.Position += count;
    }

    public void GoTo(long position) => file.Position = position;

    private static Errors.ServiceException Truncated() => MediaErrors.Damaged("it ends too early");
}
