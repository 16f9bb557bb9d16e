using DaprSocial.Consistency;
using DaprSocial.Consistency.V1;

namespace DaprSocial.Projections;

/// <summary>What a query may say of the state that it reads.</summary>
/// <param name="Token">The state, as a token.</param>
/// <param name="Freshness">How it stands to what was asked for.</param>
public sealed record ReadState(ConsistencyToken Token, Freshness Freshness)
{
    /// <summary>
    /// The caller's own events, in order, that the projections lack and the query has to merge; empty when there is
    /// nothing to merge.
    /// </summary>
    public IReadOnlyList<EventEnvelope> Own { get; init; } = [];
}
