using DaprSocial.Load.Input;

namespace DaprSocial.Load.Generation;

/// <summary>Grows a graph by preferential attachment (Barabási and Albert): degrees follow a power law.</summary>
internal static class PowerLawGraph
{
    public const int DefaultUserCount = 200;
    private const int EdgesPerNewUser = 4;

    /// <summary>The same graph for the same seed and number of users (at least 5).</summary>
    public static SocialGraph Generate(string seed, int userCount)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(userCount, EdgesPerNewUser);
        var random = new SeededRandom("power-law graph", seed);
        var pairs = new List<(long A, long B)>();
        // Every user stands here once for each of its edges, so that a draw prefers who has many.
        var ends = new List<int>();
        for (var user = 1; user < userCount; user++)
        {
            foreach (var neighbour in PickNeighbours(random, ends, user))
            {
                pairs.Add((neighbour, user));
                ends.Add(neighbour);
                ends.Add(user);
            }
        }

        return SocialGraph.Create($"generated, {userCount} users", pairs);
    }

    // Sorted, because the order of a hash set is no part of its contract.
    private static int[] PickNeighbours(SeededRandom random, List<int> ends, int user)
    {
        if (user <= EdgesPerNewUser)
        {
            return [.. Enumerable.Range(0, user)];
        }

        var neighbours = new HashSet<int>();
        while (neighbours.Count < EdgesPerNewUser)
        {
            neighbours.Add(random.Pick(ends));
        }

        return [.. neighbours.Order()];
    }
}
