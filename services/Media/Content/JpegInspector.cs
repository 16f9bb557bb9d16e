using DaprSocial.Media.Domain;
using DaprSocial.Media.V1;

namespace DaprSocial.Media.Content;

/// <summary>Walks the segments of a JPEG file to its end marker.</summary>
internal static class JpegInspector
{
    private const byte Marker = 0xFF;
    private const byte EndOfImage = 0xD9;
    private const byte StartOfScan = 0xDA;

    public static InspectedContent Inspect(ContentReader reader)
    {
        reader.Skip(2);
        (int Width, int Height)? size = null;
        while (true)
        {
            var marker = NextMarker(reader);
            switch (marker)
            {
                case EndOfImage when size is { } known:
                    return new InspectedContent(MediaType.Jpeg, known.Width, known.Height);
                case EndOfImage:
                    throw MediaErrors.Damaged("it has no frame");
                // Without a length: restart markers and the odd one of arithmetic coding.
                case (>= 0xD0 and <= 0xD7) or 0x01:
                    continue;
                // A second image inside of the first.
                case 0xD8:
                    throw MediaErrors.Damaged("it begins twice");
            }

            var length = reader.ReadUInt16();
            if (length < 2)
                throw MediaErrors.Damaged("a segment has no length");
            if (IsFrame(marker))
            {
                if (size is not null || length < 8)
                    throw MediaErrors.Damaged("its frame is not one");
                reader.Skip(1);
                var height = reader.ReadUInt16();
                size = (reader.ReadUInt16(), height);
                reader.Skip(length - 7);
                continue;
            }

            reader.Skip(length - 2);
            if (marker == StartOfScan)
                SkipScan(reader);
        }
    }

    private static bool IsFrame(byte marker) => marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC);

    private static byte NextMarker(ContentReader reader)
    {
        if (reader.ReadByte() != Marker)
            throw MediaErrors.Damaged("a segment does not begin where the one before ends");
        byte marker;
        do
            marker = reader.ReadByte();
        while (marker == Marker);
        return marker;
    }

    /// <summary>Coded pixels go on until a marker that is neither a stuffed byte nor a restart.</summary>
    private static void SkipScan(ContentReader reader)
    {
        while (true)
        {
            if (reader.ReadByte() != Marker)
                continue;
            byte next;
            do
                next = reader.ReadByte();
            while (next == Marker);
            if (next is 0 or (>= 0xD0 and <= 0xD7))
                continue;
            reader.GoTo(reader.Position - 2);
            return;
        }
    }
}
