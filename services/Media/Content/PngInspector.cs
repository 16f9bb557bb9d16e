using System.Buffers.Binary;
using DaprSocial.Media.Domain;
using DaprSocial.Media.V1;

namespace DaprSocial.Media.Content;

/// <summary>Walks the chunks of a PNG file to its end. What moves (APNG) is taken as its first frame.</summary>
internal static class PngInspector
{
    private const int SignatureBytes = 8;
    private const int ChecksumBytes = 4;
    private const int HeaderBytes = 13;

    public static InspectedContent Inspect(ContentReader reader)
    {
        reader.Skip(SignatureBytes);
        Span<byte> head = stackalloc byte[8];
        Span<byte> header = stackalloc byte[HeaderBytes];
        reader.Read(head);
        if (BinaryPrimitives.ReadUInt32BigEndian(head) != HeaderBytes || !head[4..].SequenceEqual("IHDR"u8))
            throw MediaErrors.Damaged("its header is not the first chunk");
        reader.Read(header);
        reader.Skip(ChecksumBytes);
        var hasData = false;
        while (true)
        {
            reader.Read(head);
            var length = BinaryPrimitives.ReadUInt32BigEndian(head);
            reader.Skip((long)length + ChecksumBytes);
            hasData |= head[4..].SequenceEqual("IDAT"u8);
            if (head[4..].SequenceEqual("IEND"u8))
                break;
        }

        return hasData
            ? new InspectedContent(MediaType.Png, SideAt(header), SideAt(header[4..]))
            : throw MediaErrors.Damaged("it has no pixels");
    }

    private static int SideAt(ReadOnlySpan<byte> bytes) =>
        (int)Math.Min(BinaryPrimitives.ReadUInt32BigEndian(bytes), int.MaxValue);
}
