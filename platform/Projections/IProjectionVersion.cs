using DaprSocial.Hosting;

namespace DaprSocial.Projections;

/// <summary>The version of the projection that a call reads from its beginning to its end.</summary>
public interface IProjectionVersion
{
    /// <summary>1, 2, 3 …</summary>
    int Number { get; }

    /// <summary>Finds the projected tables of this version.</summary>
    ReadSource Read { get; }

    /// <summary>Waits for this version's checkpoints.</summary>
    FreshnessGate Gate { get; }

    /// <summary>Knows how far this version is behind the logs.</summary>
    LagWatch Lag { get; }
}
