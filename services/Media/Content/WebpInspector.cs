using System.Buffers.Binary;
using DaprSocial.Media.Domain;
using DaprSocial.Media.V1;

namespace DaprSocial.Media.Content;

/// <summary>Walks the chunks of a WebP file, and counts its frames.</summary>
internal static class WebpInspector
{
    private const int ContainerBytes = 12;
    private const int HeadBytes = 8;
    private const int SizeBytesMax = 10;

    public static InspectedContent Inspect(ContentReader reader)
    {
        Span<byte> head = stackalloc byte[ContainerBytes];
        reader.Read(head);
        // The container counts from behind its own length, which is at 8, and is padded to an even number.
        var end = HeadBytes + (long)BinaryPrimitives.ReadUInt32LittleEndian(head[4..]);
        if (end > reader.Length)
            throw MediaErrors.Damaged("it ends too early");
        Span<byte> size = stackalloc byte[SizeBytesMax];
        InspectedContent? content = null;
        var (frames, hasData) = (0, false);
        while (reader.Position + HeadBytes <= end)
        {
            reader.Read(head[..HeadBytes]);
            var length = (long)BinaryPrimitives.ReadUInt32LittleEndian(head[4..]);
            var next = reader.Position + length + (length & 1);
            var kind = head[..4];
            if (kind.SequenceEqual("VP8X"u8) || kind.SequenceEqual("VP8 "u8) || kind.SequenceEqual("VP8L"u8))
            {
                var read = size[..(int)Math.Min(length, SizeBytesMax)];
                reader.Read(read);
                var isLossless = kind.SequenceEqual("VP8L"u8);
                content = content is null
                    ? SizeOf(kind, read)
                    : content with { IsLossless = content.IsLossless || isLossless };
                hasData |= !kind.SequenceEqual("VP8X"u8);
            }

            if (kind.SequenceEqual("ANMF"u8))
                frames++;
            if (next > end + (end & 1))
                throw MediaErrors.Damaged("a chunk ends behind the file");
            reader.GoTo(Math.Min(next, reader.Length));
        }

        if (content is null || !(hasData || frames > 0))
            throw MediaErrors.Damaged("it has no pixels");
        return content with { FrameCount = Math.Max(1, frames) };
    }

    private static InspectedContent SizeOf(ReadOnlySpan<byte> kind, ReadOnlySpan<byte> data)
    {
        if (data.Length < SizeBytesMax && !(data.Length >= 5 && kind.SequenceEqual("VP8L"u8)))
            throw MediaErrors.Damaged("its header is too short");
        if (kind.SequenceEqual("VP8X"u8))
            return new InspectedContent(MediaType.Webp, 1 + UInt24At(data[4..]), 1 + UInt24At(data[7..]));
        if (kind.SequenceEqual("VP8 "u8))
        {
            return data[3..6].SequenceEqual((ReadOnlySpan<byte>)[0x9D, 0x01, 0x2A])
                ? new InspectedContent(MediaType.Webp, SideAt(data[6..]), SideAt(data[8..]))
                : throw MediaErrors.Damaged("its first frame does not stand alone");
        }

        if (data[0] != 0x2F)
            throw MediaErrors.Damaged("its header is none");
        var bits = BinaryPrimitives.ReadUInt32LittleEndian(data[1..]);
        return new InspectedContent(
            MediaType.Webp, 1 + (int)(bits & 0x3FFF), 1 + (int)((bits >> 14) & 0x3FFF), IsLossless: true);
    }

    private static int UInt24At(ReadOnlySpan<byte> bytes) => bytes[0] | (bytes[1] << 8) | (bytes[2] << 16);

    private static int SideAt(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt16LittleEndian(bytes) & 0x3FFF;
}
