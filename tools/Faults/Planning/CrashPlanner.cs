using System.Globalization;
using DaprSocial.Load.Generation;

namespace DaprSocial.Faults.Planning;

/// <summary>Decides where the lives of a process end by themselves. Pure.</summary>
internal static class CrashPlanner
{
    private const int LivesPlanned = 400;

    // Small: a life lasts seconds, and each place is to be reached in it.
    private const int CountMax = 4;
    private const double ArmedShare = 0.75;

    /// <summary>By decks, so that every point's turn comes before any comes twice.</summary>
    public static IReadOnlyList<ArmedCrash?> Plan(string instance, long seed)
    {
        var random = new SeededRandom("crashes", seed.ToString(CultureInfo.InvariantCulture), instance);
        // Nobody uploads while faults are made: Media only projects, and answers whose log is asked for.
        var points = (Instances.AppOf(instance) is "timelines" or "media" or "search"
            ? CrashPoints.OfProjections
            : CrashPoints.All).ToList();
        var deck = new Queue<string>();
        var crashes = new List<ArmedCrash?>(LivesPlanned);
        while (crashes.Count < LivesPlanned)
        {
            if (!random.Chance(ArmedShare))
            {
                crashes.Add(null);
                continue;
            }

            if (deck.Count == 0)
            {
                random.Shuffle(points);
                deck = new Queue<string>(points);
            }

            crashes.Add(new ArmedCrash(deck.Dequeue(), 1 + random.Below(CountMax)));
        }

        return crashes;
    }
}
