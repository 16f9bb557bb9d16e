namespace DaprSocial.Projections;

/// <summary>A version of this service's projection, as all its processes know it.</summary>
internal sealed record ProjectionVersionRow(int Version, ProjectionState State, DateTime CreateTime)
{
    /// <summary>True when events are to be applied to it as they come.</summary>
    public bool IsFed => State is ProjectionState.Ready or ProjectionState.Active;
}
