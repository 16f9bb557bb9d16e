using System.Buffers.Binary;
using DaprSocial.Media.Domain;
using DaprSocial.Media.V1;

namespace DaprSocial.Media.Content;

/// <summary>Walks the blocks of a GIF file to its trailer, and counts its frames.</summary>
internal static class GifInspector
{
    private const int SignatureBytes = 6;
    private const byte Extension = 0x21;
    private const byte Image = 0x2C;
    private const byte Trailer = 0x3B;

    public static InspectedContent Inspect(ContentReader reader)
    {
        reader.Skip(SignatureBytes);
        Span<byte> screen = stackalloc byte[7];
        reader.Read(screen);
        SkipColours(screen[4], reader);
        var (width, height) = ((int)SideAt(screen), (int)SideAt(screen[2..]));
        var frames = 0;
        while (true)
        {
            switch (reader.ReadByte())
            {
                case Extension:
                    reader.Skip(1);
                    SkipBlocks(reader);
                    break;
                case Image:
                    frames++;
                    (width, height) = ReadFrame(width, height, reader);
                    break;
                case Trailer when frames > 0:
                    return new InspectedContent(MediaType.Gif, width, height, frames);
                case Trailer:
                    throw MediaErrors.Damaged("it has no frame");
                default:
                    throw MediaErrors.Damaged("a block is of no kind");
            }
        }
    }

    /// <returns>The canvas: decoders make room for frames that do not fit on it.</returns>
    private static (int Width, int Height) ReadFrame(int width, int height, ContentReader reader)
    {
        Span<byte> frame = stackalloc byte[9];
        reader.Read(frame);
        SkipColours(frame[8], reader);
        reader.Skip(1);
        SkipBlocks(reader);
        return (Math.Max(width, SideAt(frame) + SideAt(frame[4..])),
            Math.Max(height, SideAt(frame[2..]) + SideAt(frame[6..])));
    }

    private static void SkipColours(byte flags, ContentReader reader)
    {
        if ((flags & 0x80) != 0)
            reader.Skip(3L << ((flags & 0x07) + 1));
    }

    private static void SkipBlocks(ContentReader reader)
    {
        while (reader.ReadByte() is > 0 and var length)
            reader.Skip(length);
    }

    private static ushort SideAt(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt16LittleEndian(bytes);
}
