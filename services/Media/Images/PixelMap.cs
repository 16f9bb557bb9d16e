using System.Globalization;
using System.Text;

namespace DaprSocial.Media.Images;

/// <summary>The plain format in which libvips hands over pixels (PPM, or PGM for grey ones).</summary>
internal static class PixelMap
{
    private const int FieldCount = 4;

    /// <returns>Red, green, blue; row by row.</returns>
    /// <exception cref="InvalidDataException">The bytes are no such file.</exception>
    public static (ReadOnlyMemory<byte> Pixels, int Width, int Height) Parse(byte[] file)
    {
        var (fields, place) = (new List<string>(), 0);
        while (fields.Count < FieldCount)
        {
            var end = place < file.Length && file[place] == '#'
                ? IndexOf(file, place, static letter => letter == '\n')
                : IndexOf(file, place, static letter => char.IsWhiteSpace((char)letter));
            if (end > place && file[place] != '#')
                fields.Add(Encoding.ASCII.GetString(file, place, end - place));
            place = end + 1;
        }

        var numbers = fields.Skip(1).Select(field => int.Parse(field, NumberStyles.None, CultureInfo.InvariantCulture))
            .ToArray();
        var (width, height, bands) = (numbers[0], numbers[1], fields[0] == "P6" ? 3 : 1);
        if (fields[0] is not ("P5" or "P6") || numbers[2] != 255 || file.Length - place != bands * width * height)
            throw new InvalidDataException("libvips has written no pixel map of bytes.");
        var pixels = file.AsMemory(place);
        return (bands == 3 ? pixels : pixels.ToArray().SelectMany(grey => (byte[])[grey, grey, grey]).ToArray(),
            width, height);
    }

    private static int IndexOf(byte[] file, int start, Predicate<byte> isEnd)
    {
        var end = Array.FindIndex(file, start, isEnd);
        return end < 0 ? throw new InvalidDataException("libvips has written no pixel map.") : end;
    }
}
