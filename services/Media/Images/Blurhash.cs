namespace DaprSocial.Media.Images;

/// <summary>The placeholder of blurha.sh: a picture as the sum of a few waves, in text. Pure.</summary>
internal static class Blurhash
{
    private const string Digits =
        "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz#$%*+,-.:;=?@[]^_{|}~";

    private const int ColumnCount = 4;
    private const int RowCount = 3;

    /// <param name="pixels">Red, green, blue; row by row.</param>
    public static string Encode(ReadOnlySpan<byte> pixels, int width, int height)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(pixels.Length, 3 * width * height);
        var waves = new (double Red, double Green, double Blue)[ColumnCount * RowCount];
        for (var row = 0; row < RowCount; row++)
        {
            for (var column = 0; column < ColumnCount; column++)
                waves[row * ColumnCount + column] = WaveOf(pixels, width, height, column, row);
        }

        var strongest = waves.Skip(1).Max(wave => Math.Max(
            Math.Abs(wave.Red), Math.Max(Math.Abs(wave.Green), Math.Abs(wave.Blue))));
        var quantised = (int)Math.Clamp(Math.Floor(strongest * 166 - 0.5), 0, 82);
        var scale = (quantised + 1) / 166.0;
        var first = waves[0];
        return Number(ColumnCount - 1 + (RowCount - 1) * 9, 1) + Number(quantised, 1)
            + Number((ToSrgb(first.Red) << 16) | (ToSrgb(first.Green) << 8) | ToSrgb(first.Blue), 4)
            + string.Concat(waves.Skip(1).Select(wave => Number(
                (Step(wave.Red, scale) * 19 + Step(wave.Green, scale)) * 19 + Step(wave.Blue, scale), 2)));
    }

    private static (double Red, double Green, double Blue) WaveOf(
        ReadOnlySpan<byte> pixels, int width, int height, int column, int row)
    {
        var (red, green, blue) = (0.0, 0.0, 0.0);
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                var weight = Math.Cos(Math.PI * column * x / width) * Math.Cos(Math.PI * row * y / height);
                var pixel = pixels.Slice(3 * (y * width + x), 3);
                red += weight * ToLinear(pixel[0]);
                green += weight * ToLinear(pixel[1]);
                blue += weight * ToLinear(pixel[2]);
            }
        }

        var factor = (column == 0 && row == 0 ? 1.0 : 2.0) / (width * height);
        return (red * factor, green * factor, blue * factor);
    }

    private static int Step(double value, double scale)
    {
        var part = value / scale;
        return (int)Math.Clamp(Math.Floor(Math.CopySign(Math.Sqrt(Math.Abs(part)), part) * 9 + 9.5), 0, 18);
    }

    private static double ToLinear(byte value)
    {
        var part = value / 255.0;
        return part <= 0.04045 ? part / 12.92 : Math.Pow((part + 0.055) / 1.055, 2.4);
    }

    private static int ToSrgb(double value)
    {
        var part = Math.Clamp(value, 0, 1);
        return (int)((part <= 0.0031308 ? part * 12.92 : 1.055 * Math.Pow(part, 1 / 2.4) - 0.055) * 255 + 0.5);
    }

    private static string Number(int value, int length) => string.Create(length, value, static (text, rest) =>
    {
        for (var place = text.Length - 1; place >= 0; place--, rest /= Digits.Length)
            text[place] = Digits[rest % Digits.Length];
    });
}
