using DaprSocial.Media.Images;

namespace DaprSocial.Media.Tests.Images;

public sealed class BlurhashTests
{
    [Fact]
    public void Encode_OneColour_IsThatColourAndNoWaves()
    {
        var pixels = Enumerable.Range(0, 32 * 32).SelectMany(_ => (byte[])[255, 0, 0]).ToArray();

        var hash = Blurhash.Encode(pixels, 32, 32);

        // 4 by 3 waves; the weakest scale; 0xFF0000 in four digits of base 83; then eleven times nearly nothing.
        Assert.Equal(28, hash.Length);
        Assert.StartsWith("L", hash, StringComparison.Ordinal);
        Assert.Equal(0xFF0000, hash[2..6].Aggregate(0, (sum, digit) => sum * 83 + Digits.IndexOf(digit)));
    }

    [Fact]
    public void Encode_OtherPictures_AreOtherHashes()
    {
        var across = Picture((x, _) => (byte)(8 * x));
        var down = Picture((_, y) => (byte)(8 * y));

        Assert.NotEqual(Blurhash.Encode(across, 32, 32), Blurhash.Encode(down, 32, 32));
        Assert.Equal(Blurhash.Encode(across, 32, 32), Blurhash.Encode(across, 32, 32));
    }

    [Fact]
    public void Encode_SizeThatTheBytesDoNotHave_Throws() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Blurhash.Encode(new byte[12], 2, 3));

    private const string Digits =
        "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz#$%*+,-.:;=?@[]^_{|}~";

    private static byte[] Picture(Func<int, int, byte> valueOf) =>
        [.. from y in Enumerable.Range(0, 32)
            from x in Enumerable.Range(0, 32)
            from band in Enumerable.Range(0, 3)
            select valueOf(x, y)];
}
