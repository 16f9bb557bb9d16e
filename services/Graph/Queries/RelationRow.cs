namespace DaprSocial.Graph.Queries;

/// <summary>The other end of an edge, and the id of the following or the block, which listings run by.</summary>
internal sealed record RelationRow(UserId Other, Guid RelationId);
