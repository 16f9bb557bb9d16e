using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace DaprSocial.Load.Input;

/// <summary>Who knows whom. Users are 0 to <see cref="UserCount"/> - 1; every edge makes two follows.</summary>
internal sealed record SocialGraph(
    string Name,
    string Key,
    int UserCount,
    IReadOnlyList<Edge> Edges,
    int DuplicateLineCount)
{
    /// <summary>The services refuse to let anybody follow more (TOO_MANY_FOLLOWS).</summary>
    public const int DegreeMax = 5_000;

    public int FollowCount => Edges.Count * 2;

    /// <summary>Numbers the nodes by their order and drops repeated edges.</summary>
    /// <exception cref="InputException">There is no edge, or somebody has too many neighbours.</exception>
    public static SocialGraph Create(string name, IReadOnlyList<(long A, long B)> pairs)
    {
        if (pairs.Count == 0)
        {
            throw new InputException(name, "holds no edge");
        }

        var nodes = pairs.SelectMany(pair => new[] { pair.A, pair.B }).Distinct().Order().ToArray();
        var indexes = nodes.Index().ToDictionary(node => node.Item, node => node.Index);
        var edges = pairs
            .Select(pair => (First: indexes[pair.A], Second: indexes[pair.B]))
            .Select(pair => new Edge(Math.Min(pair.First, pair.Second), Math.Max(pair.First, pair.Second)))
            .Distinct()
            .OrderBy(edge => edge.Low)
            .ThenBy(edge => edge.High)
            .ToArray();
        RefuseTooManyNeighbours(name, nodes, edges);
        return new SocialGraph(name, KeyOf(nodes, edges), nodes.Length, edges, pairs.Count - edges.Length);
    }

    private static void RefuseTooManyNeighbours(string name, long[] nodes, Edge[] edges)
    {
        var degrees = new int[nodes.Length];
        foreach (var edge in edges)
        {
            degrees[edge.Low]++;
            degrees[edge.High]++;
        }

        var busiest = Array.IndexOf(degrees, degrees.Max());
        if (degrees[busiest] > DegreeMax)
        {
            throw new InputException(
                name, $"node {nodes[busiest]} has {degrees[busiest]} neighbours; a user may follow {DegreeMax}");
        }
    }

    // The content decides who the people are, not the file's name or the order of its lines: the same graph from
    // another place is the same people, a changed graph is other people.
    private static string KeyOf(long[] nodes, Edge[] edges)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var edge in edges)
        {
            var line = string.Create(CultureInfo.InvariantCulture, $"{nodes[edge.Low]} {nodes[edge.High]}\n");
            hash.AppendData(Encoding.ASCII.GetBytes(line));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, 5));
    }
}
