using DaprSocial.Graph.Domain;

namespace DaprSocial.Graph.Storage;

/// <summary>
/// What a batch of events changes: of each edge and each block the greatest version, the users that became known, and
/// who was erased.
/// </summary>
internal sealed class GraphBatch
{
    private readonly Dictionary<(UserId, UserId), FollowEdge> _edges = [];
    private readonly Dictionary<(UserId, UserId), BlockEdge> _blocks = [];
    private readonly HashSet<UserId> _users = [];
    private readonly HashSet<UserId> _erased = [];

    public IReadOnlyCollection<FollowEdge> Edges => _edges.Values;

    public IReadOnlyCollection<BlockEdge> Blocks => _blocks.Values;

    public IReadOnlyCollection<UserId> Users => _users;

    public IReadOnlyCollection<UserId> Erased => _erased;

    public void Put(FollowEdge edge)
    {
        var key = (edge.FollowerId, edge.FolloweeId);
        if (!_edges.TryGetValue(key, out var known) || known.EntityVersion < edge.EntityVersion)
            _edges[key] = edge;
    }

    public void Put(BlockEdge block)
    {
        var key = (block.BlockerId, block.BlockedId);
        if (!_blocks.TryGetValue(key, out var known) || known.EntityVersion < block.EntityVersion)
            _blocks[key] = block;
    }

    public void PutUser(UserId user)
    {
        if (!_erased.Contains(user))
            _users.Add(user);
    }

    /// <summary>Ends a user; the last event of its stream, so nothing follows.</summary>
    public void Erase(UserId user)
    {
        _erased.Add(user);
        _users.Remove(user);
    }
}
