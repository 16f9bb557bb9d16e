using System.Globalization;
using DaprSocial.Load.Generation;

namespace DaprSocial.Load.Checking;

/// <summary>Page sizes to ask for: by seed and listing, so that page borders fall elsewhere in every run.</summary>
internal static class PageSizes
{
    private const int Default = 50;

    // The default, odd ones, the greatest and one that is over it and must be clamped.
    private static readonly int[] Timelines = [0, 7, 20, 33, 50, 100, 1_000];
    private static readonly int[] Relations = [0, 13, 100, 1_000, 5_000];

    public static int OfTimeline(long seed, string listing, string user) => Pick(seed, listing, user, Timelines);

    public static int OfRelations(long seed, string listing, string user) => Pick(seed, listing, user, Relations);

    /// <summary>How many entries a page may hold when so many were asked for.</summary>
    public static int Effective(int asked, int max) => asked == 0 ? Default : Math.Min(asked, max);

    private static int Pick(long seed, string listing, string user, int[] sizes) =>
        new SeededRandom("page size", seed.ToString(CultureInfo.InvariantCulture), listing, user).Pick(sizes);
}
