namespace DaprSocial.Hosting;

/// <summary>What a process of a service does; any combination, all by default.</summary>
[Flags]
public enum ServiceRoles
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Answers calls that change state.</summary>
    Commands = 1,

    /// <summary>Answers calls that read.</summary>
    Queries = 2,

    /// <summary>Moves events into the log and publishes them.</summary>
    Relay = 4,

    /// <summary>Applies events to projections.</summary>
    Consumers = 8,

    /// <summary>Everything.</summary>
    All = Commands | Queries | Relay | Consumers,
}
