using System.Buffers.Binary;

namespace DaprSocial.Media.Content;

/// <summary>Copies a WebP file that libvips has written, pixels and nothing else.</summary>
/// <remarks>
/// libvips 8.14 leaves EXIF in, and adds some of its own, whatever it is told to strip; pixels are in sRGB by then, so
/// that the profile can go, too.
/// </remarks>
internal static class WebpCleaner
{
    private const int ContainerBytes = 12;
    private const int HeadBytes = 8;
    private const byte MetadataFlags = 0x20 | 0x08 | 0x04;

    private static readonly string[] _kept = ["VP8X", "VP8 ", "VP8L", "ALPH", "ANIM", "ANMF"];

    public static async Task CleanAsync(string source, string target, CancellationToken cancellationToken)
    {
        await using var input = File.OpenRead(source);
        await using var output = new FileStream(target, FileMode.CreateNew, FileAccess.Write);
        var head = new byte[ContainerBytes];
        await input.ReadExactlyAsync(head, cancellationToken);
        await output.WriteAsync(head, cancellationToken);
        var chunk = head.AsMemory(0, HeadBytes);
        while (await input.ReadAtLeastAsync(chunk, HeadBytes, false, cancellationToken) == HeadBytes)
        {
            var length = (int)BinaryPrimitives.ReadUInt32LittleEndian(head.AsSpan(4));
            var name = System.Text.Encoding.ASCII.GetString(head, 0, 4);
            var data = new byte[length + (length & 1)];
            await input.ReadExactlyAsync(data, cancellationToken);
            if (!_kept.Contains(name))
                continue;
            if (name == "VP8X")
                data[0] &= unchecked((byte)~MetadataFlags);
            await output.WriteAsync(chunk, cancellationToken);
            await output.WriteAsync(data, cancellationToken);
        }

        BinaryPrimitives.WriteUInt32LittleEndian(head, (uint)(output.Position - HeadBytes));
        output.Position = 4;
        await output.WriteAsync(head.AsMemory(0, 4), cancellationToken);
    }
}
