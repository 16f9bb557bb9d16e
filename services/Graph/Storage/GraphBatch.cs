using DaprSocial.Graph.Domain;

namespace DaprSocial.Graph.Storage;

/// <summary>
/// What a batch of events changes: of each edge the greatest version, and the users that became known.
/// </summary>
internal sealed class GraphBatch
{
    private readonly Dictionary<(UserId, UserId), FollowEdge> _edges = [];
    private readonly HashSet<UserId> _users = [];

    public IReadOnlyCollection<FollowEdge> Edges => _edges.Values;

    public IReadOnlyCollection<UserId> Users => _users;

    public void Put(FollowEdge edge)
    {
        var key = (edge.FollowerId, edge.FolloweeId);
        if (!_edges.TryGetValue(key, out var known) || known.EntityVersion < edge.EntityVersion)
            _edges[key] = edge;
    }

    public void PutUser(UserId user) => _users.Add(user);
}
