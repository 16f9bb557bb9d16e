using DaprSocial.Testing;

namespace DaprSocial.Media.Tests.Content;

/// <summary>Files that are not what they should be, the same ones for the same seed.</summary>
internal sealed class MalformedFiles
{
    private static readonly string[] _types = ["image/jpeg", "image/png", "image/gif", "image/webp", "video/mp4"];

    private readonly Random _random;
    private readonly IReadOnlyList<byte[]> _good;

    private MalformedFiles(Random random, IReadOnlyList<byte[]> good) => (_random, _good) = (random, good);

    public static async Task<MalformedFiles> CreateAsync(int seed)
    {
        var png = MediaSamples.Png(24, 18, seed);
        return new MalformedFiles(
            new Random(seed),
            [
                await MediaSamples.JpegWithExifAsync(24, 18, seed), png, MediaSamples.Gif(24, 18, frameCount: 2),
                await MediaSamples.ConvertAsync(png, "webp"), MediaSamples.Mp4(2000, seed),
            ]);
    }

    /// <param name="number">Decides what is wrong.</param>
    public MalformedFile Next(int number)
    {
        var kind = _random.Next(_good.Count);
        var good = _good[kind];
        return (number % 7) switch
        {
            0 => new MalformedFile("cut off", good[.._random.Next(1, good.Length)], "", MustBeRefused: true),
            1 => new MalformedFile("bits flipped in its head", Flip(good, 64), "", MustBeRefused: false),
            2 => new MalformedFile("bits flipped anywhere", Flip(good, good.Length), "", MustBeRefused: false),
            3 => new MalformedFile(
                "mislabelled", good, _types[(kind + _random.Next(1, _types.Length)) % _types.Length],
                MustBeRefused: true),
            4 => new MalformedFile("two things in one", [.. good, .. Trailer()], "", MustBeRefused: kind == 4),
            5 => new MalformedFile("a bomb", Bomb(), "", MustBeRefused: true),
            _ => new MalformedFile(
                "lying about its size", MediaSamples.PngBomb(_random.Next(9, 2000), _random.Next(9, 2000)), "",
                MustBeRefused: true),
        };
    }

    private byte[] Flip(byte[] good, int within)
    {
        var bytes = good.ToArray();
        for (var count = _random.Next(1, 9); count > 0; count--)
            bytes[_random.Next(Math.Min(within, bytes.Length))] ^= (byte)(1 << _random.Next(8));
        return bytes;
    }

    private byte[] Trailer() => _random.Next(3) switch
    {
        0 => [.. "PK\u0003\u0004"u8, .. new byte[40]],
        1 => [.. "<html><script>alert(1)</script></html>"u8],
        _ => MediaSamples.Png(9, 9, _random.Next()),
    };

    private byte[] Bomb()
    {
        if (_random.Next(2) == 0)
            return MediaSamples.PngBomb(_random.Next(10_000, int.MaxValue), _random.Next(10_000, int.MaxValue));
        var gif = MediaSamples.Gif(4, 4, frameCount: 1);
        (gif[7], gif[9]) = (0xFF, 0xFF);
        return gif;
    }
}
