using DaprSocial.Faults.Planning;

namespace DaprSocial.Faults;

/// <summary>What a fault run works with.</summary>
public sealed record FaultOptions
{
    /// <summary>What will be done; see <see cref="FaultRunner.Plan"/>.</summary>
    public required FaultSchedule Schedule { get; init; }

    /// <summary>The folder with the programs of services and sidecar.</summary>
    public required string ProgramsDirectory { get; init; }

    /// <summary>The Dapr component manifests.</summary>
    public required string ComponentsDirectory { get; init; }

    /// <summary>Where the processes write their logs.</summary>
    public required string LogsDirectory { get; init; }

    /// <summary>The first of 40 free ports.</summary>
    public required int PortBase { get; init; }

    /// <summary>How many users act.</summary>
    public int UserCount { get; init; } = 60;

    /// <summary>How many commands a second at most.</summary>
    public double CommandRate { get; init; } = 60;

    /// <summary>How long, once the faults have ended, the services may take to catch up.</summary>
    public TimeSpan CatchUpMax { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>
    /// More checks of a quiet mesh, beside those of its answers: each tells what is wrong.
    /// </summary>
    public IReadOnlyList<Func<QuietMesh, CancellationToken, Task<IReadOnlyList<string>>>> Checks { get; init; } = [];
}
