using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace DaprSocial.Load.Planning;

/// <summary>The idempotency keys of a plan: 64 characters at most, the same in every run of a plan.</summary>
internal static class RequestIds
{
    // Raised when the planner makes another plan from the same inputs: the bodies would not fit the old keys
    // (REQUEST_ID_REUSED).
    private const int PlanVersion = 1;

    /// <summary>What every key of a graph begins with, whatever the seed.</summary>
    public static string PrefixOf(string graphKey) => $"demo.{graphKey}.";

    /// <summary>The users belong to the graph, not to a seed.</summary>
    public static string OfUser(string graphKey, int user) =>
        string.Create(CultureInfo.InvariantCulture, $"{PrefixOf(graphKey)}user.{user}");

    /// <summary>
    /// The graph's follows belong to the pair of users, not to a seed: another seed does not follow again what an
    /// earlier one unfollowed.
    /// </summary>
    public static string OfFollow(string graphKey, int follower, int followee) =>
        string.Create(CultureInfo.InvariantCulture, $"{PrefixOf(graphKey)}follow.{follower}.{followee}");

    public static string OfAction(string graphKey, string runKey, int index) =>
        string.Create(CultureInfo.InvariantCulture, $"{PrefixOf(graphKey)}{runKey}.{index}");

    /// <summary>
    /// Seed, post count and texts together, because all three decide the bodies: the same seed with other texts is
    /// another run, which adds to the state.
    /// </summary>
    public static string RunKeyOf(long seed, int postCount, string textsKey)
    {
        var inputs = string.Create(CultureInfo.InvariantCulture, $"{PlanVersion}|{seed}|{postCount}|{textsKey}");
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(inputs)).AsSpan(0, 8));
    }
}
