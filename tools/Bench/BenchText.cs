namespace DaprSocial.Bench;

/// <summary>What the posts of a bench say: each its own 140 characters, none is spared by being equal.</summary>
internal static class BenchText
{
    private const int Length = 140;
    private const string Letters = "abcdefghijklmnopqrstuvwxyz     ";

    public static string Next(Random random) =>
        string.Create(Length, random, static (text, random) =>
        {
            random.GetItems(Letters, text);
            // Posts are trimmed; both ends are letters so that every row is equally long.
            text[0] = text[^1] = 'x';
        });
}
