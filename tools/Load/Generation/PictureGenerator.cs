using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace DaprSocial.Load.Generation;

/// <summary>
/// Draws pictures as PNG files that also say where they were taken, which nobody may learn from them.
/// </summary>
internal static class PictureGenerator
{
    /// <summary>Stands in every picture that is sent, in its EXIF and in a text.</summary>
    public const string Secret = "taken at 48.858370 N, 2.294481 E";

    private const int Width = 960;
    private const int Height = 640;
    private const int ColumnWidth = 48;
    private const uint Polynomial = 0xEDB88320;

    /// <summary>A skyline before a sky; the same one for the same words.</summary>
    public static byte[] Draw(params ReadOnlySpan<string> words)
    {
        var random = new SeededRandom(words);
        var (warm, cold) = (random.Below(256), random.Below(256));
        var roofs = Enumerable.Range(0, Width / ColumnWidth)
            .Select(_ => Height / 3 + random.Below(Height / 2)).ToArray();
        var rows = new byte[Height * (1 + 3 * Width)];
        for (var y = 0; y < Height; y++)
        {
            for (var x = 0; x < Width; x++)
            {
                var isHouse = y > roofs[x / ColumnWidth];
                var isLit = isHouse && x % 12 > 6 && y % 20 > 10;
                var place = y * (1 + 3 * Width) + 1 + 3 * x;
                rows[place] = (byte)(isLit ? 250 : isHouse ? 40 : warm * y / Height);
                rows[place + 1] = (byte)(isLit ? 220 : isHouse ? 40 : 128 * y / Height + 64);
                rows[place + 2] = (byte)(isLit ? 120 : isHouse ? 60 : 255 - cold * y / Height);
            }
        }

        return Encode(rows);
    }

    private static byte[] Encode(byte[] rows)
    {
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            zlib.Write(rows);
        var secret = Encoding.ASCII.GetBytes(Secret);
        // One entry: a description, which stands behind the table.
        byte[] exif =
        [
            .. "MM\0\x2A"u8, .. Big(8), 0, 1, 0x01, 0x0E, 0, 2, .. Big(secret.Length + 1), .. Big(26), .. Big(0),
            .. secret, 0,
        ];
        return
        [
            0x89, .. "PNG\r\n\x1A\n"u8, .. Chunk("IHDR", [.. Big(Width), .. Big(Height), 8, 2, 0, 0, 0]),
            .. Chunk("eXIf", exif), .. Chunk("tEXt", [.. "Comment\0"u8, .. secret]),
            .. Chunk("IDAT", packed.ToArray()), .. Chunk("IEND", []),
        ];
    }

    private static byte[] Chunk(string name, byte[] data)
    {
        byte[] body = [.. Encoding.ASCII.GetBytes(name), .. data];
        return [.. Big(data.Length), .. body, .. Big((int)Checksum(body))];
    }

    private static byte[] Big(int value)
    {
        var bytes = new byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(bytes, value);
        return bytes;
    }

    private static uint Checksum(byte[] bytes)
    {
        var sum = uint.MaxValue;
        foreach (var value in bytes)
        {
            sum ^= value;
            for (var bit = 0; bit < 8; bit++)
                sum = (sum & 1) == 0 ? sum >> 1 : (sum >> 1) ^ Polynomial;
        }

        return ~sum;
    }
}
