using DaprSocial.Load.Generation;
using DaprSocial.Load.Input;

namespace DaprSocial.Load.Planning;

/// <summary>The follows of a graph: two for each edge, in an order that depends on the graph alone.</summary>
internal sealed class FollowEdges
{
    private const int LooseOneIn = 10;

    private readonly HashSet<(int Follower, int Followee)> _firm;

    public FollowEdges(SocialGraph graph)
    {
        var random = new SeededRandom("follows", graph.Key);
        var follows = graph.Edges.SelectMany(edge => new[] { (edge.Low, edge.High), (edge.High, edge.Low) }).ToArray();
        random.Shuffle(follows);
        var looseCount = (follows.Length + LooseOneIn - 1) / LooseOneIn;
        All = follows;
        Loose = follows[..looseCount];
        _firm = [.. follows[looseCount..]];
    }

    public IReadOnlyList<(int Follower, int Followee)> All { get; }

    /// <summary>The tenth of the follows that some seed may end.</summary>
    public IReadOnlyList<(int Follower, int Followee)> Loose { get; }

    /// <summary>
    /// True for a follow that no seed ever ends. A plan cannot know what earlier seeds did, yet what it does to
    /// followers-only posts must not be refused; so it lets nobody do that but over a firm follow.
    /// </summary>
    public bool IsFirm(int follower, int followee) => _firm.Contains((follower, followee));
}
