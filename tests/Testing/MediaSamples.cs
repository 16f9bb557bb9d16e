using System.Buffers.Binary;
using System.Diagnostics;
using System.IO.Compression;
using System.Text;

namespace DaprSocial.Testing;

/// <summary>Images and videos, made as they are needed: the same ones for the same seed.</summary>
public static class MediaSamples
{
    /// <summary>What nobody wants to find in an image that strangers see.</summary>
    public const string Secret = "GPS 48.858370 N, 2.294481 E";

    private static readonly uint[] _checksums = [.. Enumerable.Range(0, 256).Select(ChecksumOf)];

    /// <summary>A PNG image: a gradient with some noise, and texts beside it.</summary>
    public static byte[] Png(int width, int height, int seed, string? comment = null)
    {
        var random = new Random(seed);
        var rows = new byte[height * (1 + 3 * width)];
        var (red, green) = (random.Next(256), random.Next(256));
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                var place = y * (1 + 3 * width) + 1 + 3 * x;
                rows[place] = (byte)(255 * x / width);
                rows[place + 1] = (byte)(255 * y / height);
                rows[place + 2] = (byte)((red * x + green * y) / (x + y + 1) + random.Next(8));
            }
        }

        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            zlib.Write(rows);
        return
        [
            0x89, .. "PNG\r\n\x1A\n"u8, .. Chunk("IHDR", [.. Big(width), .. Big(height), 8, 2, 0, 0, 0]),
            .. comment is null ? [] : Chunk("tEXt", [.. "Comment\0"u8, .. Encoding.ASCII.GetBytes(comment)]),
            .. Chunk("IDAT", packed.ToArray()), .. Chunk("IEND", []),
        ];
    }

    /// <summary>The beginning of a PNG image that claims to be large, with next to nothing behind it.</summary>
    public static byte[] PngBomb(int width, int height)
    {
        var image = Png(8, 8, 1);
        var header = Chunk("IHDR", [.. Big(width), .. Big(height), 8, 2, 0, 0, 0]);
        header.CopyTo(image, 8);
        return image;
    }

    /// <summary>A GIF image of one colour a frame, with a comment.</summary>
    public static byte[] Gif(int width, int height, int frameCount)
    {
        var bytes = new List<byte>([.. "GIF89a"u8, .. Little(width), .. Little(height), 0xF6, 0, 0]);
        for (var colour = 0; colour < 128; colour++)
            bytes.AddRange([(byte)(2 * colour), (byte)(255 - colour), (byte)colour]);
        bytes.AddRange([0x21, 0xFE, (byte)Secret.Length, .. Encoding.ASCII.GetBytes(Secret), 0]);
        bytes.AddRange([0x21, 0xFF, 11, .. "NETSCAPE2.0"u8, 3, 1, 0, 0, 0]);
        for (var frame = 0; frame < frameCount; frame++)
        {
            bytes.AddRange([0x21, 0xF9, 4, 0, 10, 0, 0, 0]);
            bytes.AddRange([0x2C, 0, 0, 0, 0, .. Little(width), .. Little(height), 0, 7]);
            // Codes stay 8 bits wide when the table is cleared before it has outgrown them.
            var codes = new List<byte>();
            for (var pixel = 0; pixel < width * height; pixel++)
            {
                if (pixel % 100 == 0)
                    codes.Add(128);
                codes.Add((byte)(frame * 16 % 128));
            }

            codes.Add(129);
            foreach (var block in codes.Chunk(255))
                bytes.AddRange([(byte)block.Length, .. block]);
            bytes.Add(0);
        }

        return [.. bytes, 0x3B];
    }

    /// <summary>An MP4 video without anything to blank, its samples random.</summary>
    /// <param name="size">Of the whole file in bytes; 1,000 at least.</param>
    /// <param name="seed">Of the samples.</param>
    /// <param name="metadata">What is put into its user data; null for none.</param>
    /// <param name="handler">What its track is.</param>
    public static byte[] Mp4(int size, int seed, string? metadata = null, string handler = "vide")
    {
        byte[] times = new byte[8];
        byte[] matrix = [.. Big(0x10000), .. new byte[12], .. Big(0x10000), .. new byte[12], .. Big(0x40000000)];
        if (metadata is not null)
            times = [.. Big(1_700_000_000), .. Big(1_700_000_000)];
        var references = Box("dref", [.. Big(0), .. Big(1), .. Box("url ", Big(1))]);
        var samples = Box("stbl", [.. Box("stts", Big(0)), .. Box("stsz", Big(0)), .. Box("stco", Big(0))]);
        var track = Box("trak",
        [
            .. Box("tkhd",
            [
                .. Big(3), .. times, .. Big(1), .. Big(0), .. Big(2000), .. new byte[16], .. matrix,
                .. Big(320 << 16), .. Big(240 << 16),
            ]),
            .. Box("mdia",
            [
                .. Box("mdhd", [.. Big(0), .. times, .. Big(1000), .. Big(2000), .. Big(0)]),
                .. Box("hdlr",
                [
                    .. Big(0), .. Big(0), .. Encoding.ASCII.GetBytes(handler), .. new byte[12],
                    .. Encoding.ASCII.GetBytes(metadata ?? ""),
                ]),
                .. Box("minf", [.. Box("dinf", references), .. samples]),
            ]),
        ]);
        byte[] movie =
        [
            .. Box("ftyp", [.. "isom"u8, .. Big(512), .. "isommp41"u8]),
            .. Box("moov",
            [
                .. Box("mvhd",
                [
                    .. Big(0), .. times, .. Big(1000), .. Big(2000), .. Big(0x10000), .. new byte[12], .. matrix,
                    .. new byte[24], .. Big(2),
                ]),
                .. track,
                .. metadata is null ? [] : Box("udta", Box("\u00A9xyz", Encoding.ASCII.GetBytes(metadata))),
            ]),
        ];
        var data = new byte[size - movie.Length - 8];
        new Random(seed).NextBytes(data);
        return [.. movie, .. Box("mdat", data)];
    }

    /// <summary>An image in another format, by libvips.</summary>
    /// <param name="image">The image.</param>
    /// <param name="ending">Of the file's name: <c>jpg</c> or <c>webp</c>.</param>
    /// <param name="options">libvips' options of saving, in brackets.</param>
    public static async Task<byte[]> ConvertAsync(byte[] image, string ending, string options = "")
    {
        var folder = Directory.CreateTempSubdirectory("daprsocial-sample-");
        try
        {
            var (source, target) = (Path.Combine(folder.FullName, "a"), Path.Combine(folder.FullName, $"b.{ending}"));
            await File.WriteAllBytesAsync(source, image);
            using var vips = Process.Start("vips", ["copy", source, target + options]);
            await vips.WaitForExitAsync().InTimeAsync();
            return vips.ExitCode == 0
                ? await File.ReadAllBytesAsync(target)
                : throw new InvalidOperationException("libvips cannot convert the sample.");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>A JPEG image with EXIF that says to turn it by a quarter, and where it was taken.</summary>
    public static async Task<byte[]> JpegWithExifAsync(int width, int height, int seed)
    {
        var image = await ConvertAsync(Png(width, height, seed), "jpg");
        byte[] exif =
        [
            .. "Exif\0\0"u8, .. "MM\0\x2A"u8, .. Big(8), 0, 2,
            // Orientation, a short: 6. Then a description, text behind the table.
            0x01, 0x12, 0, 3, .. Big(1), 0, 6, 0, 0,
            0x01, 0x0E, 0, 2, .. Big(Secret.Length + 1), .. Big(38), .. Big(0),
            .. Encoding.ASCII.GetBytes(Secret), 0,
        ];
        byte[] comment = [.. Encoding.ASCII.GetBytes(Secret)];
        return
        [
            0xFF, 0xD8, 0xFF, 0xE1, .. Big16(exif.Length + 2), .. exif, 0xFF, 0xFE, .. Big16(comment.Length + 2),
            .. comment, .. image.AsSpan(2),
        ];
    }

    private static byte[] Chunk(string name, byte[] data)
    {
        byte[] body = [.. Encoding.ASCII.GetBytes(name), .. data];
        return [.. Big(data.Length), .. body, .. Big((int)Checksum(body))];
    }

    private static byte[] Box(string name, byte[] data) =>
        [.. Big(data.Length + 8), .. Encoding.Latin1.GetBytes(name), .. data];

    private static byte[] Big(int value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, value);
        return bytes;
    }

    private static byte[] Big16(int value) => [(byte)(value >> 8), (byte)value];

    private static byte[] Little(int value) => [(byte)value, (byte)(value >> 8)];

    private static uint Checksum(byte[] bytes) =>
        ~bytes.Aggregate(uint.MaxValue, (sum, value) => _checksums[(sum ^ value) & 0xFF] ^ (sum >> 8));

    private static uint ChecksumOf(int value)
    {
        var sum = (uint)value;
        for (var bit = 0; bit < 8; bit++)
            sum = (sum & 1) == 0 ? sum >> 1 : (sum >> 1) ^ 0xEDB88320;
        return sum;
    }
}
