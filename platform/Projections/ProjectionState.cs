namespace DaprSocial.Projections;

/// <summary>What a version of a projection is good for.</summary>
internal enum ProjectionState
{
    /// <summary>Filled from the logs by a rebuild; neither fed by the broker nor read.</summary>
    Building,

    /// <summary>Fed like the active one; can be made the active one.</summary>
    Ready,

    /// <summary>Answers the queries.</summary>
    Active,

    /// <summary>About to go: no longer fed; calls that began on it may still read it.</summary>
    Dropping,
}
