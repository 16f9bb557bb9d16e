namespace DaprSocial.Graph.Queries;

/// <summary>Which end of the edges is listed.</summary>
internal enum RelationSide
{
    Followers,
    Followees,
    Blocked,
}
