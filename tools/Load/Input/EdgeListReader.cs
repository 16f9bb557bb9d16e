using System.Globalization;

namespace DaprSocial.Load.Input;

/// <summary>Reads an edge list: two node numbers a line; blank lines and # comments do not count.</summary>
internal static class EdgeListReader
{
    /// <exception cref="InputException">The file cannot be read, or a line is broken.</exception>
    public static async Task<SocialGraph> ReadAsync(string file, CancellationToken cancellationToken)
    {
        var pairs = new List<(long A, long B)>();
        var number = 0;
        try
        {
            await foreach (var line in File.ReadLinesAsync(file, cancellationToken))
            {
                number++;
                if (ParseLine(file, number, line) is { } pair)
                {
                    pairs.Add(pair);
                }
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new InputException(file, $"cannot be read: {exception.Message}");
        }

        return SocialGraph.Create(file, pairs);
    }

    private static (long A, long B)? ParseLine(string file, int number, string line)
    {
        var text = line.AsSpan().Trim();
        if (text.IsEmpty || text[0] == '#')
        {
            return null;
        }

        Span<Range> parts = stackalloc Range[3];
        if (text.SplitAny(parts, " \t", StringSplitOptions.RemoveEmptyEntries) != 2
            || !TryParseNode(text[parts[0]], out var a)
            || !TryParseNode(text[parts[1]], out var b))
        {
            throw new InputException(file, number, $"not two node numbers: \"{Shorten(text)}\"");
        }

        return a == b ? throw new InputException(file, number, $"node {a} is joined to itself") : (a, b);
    }

    private static bool TryParseNode(ReadOnlySpan<char> text, out long node) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out node);

    private static string Shorten(ReadOnlySpan<char> text) =>
        text.Length <= 40 ? text.ToString() : $"{text[..40]}…";
}
