namespace DaprSocial.Faults.Planning;

/// <summary>All that will be done to a mesh: a pure function of a seed and a duration.</summary>
/// <param name="Phases">In their order.</param>
/// <param name="Crashes">
/// By process: with what its first start, its second and so on is armed; null for a start without.
/// </param>
public sealed record FaultSchedule(
    long Seed, TimeSpan Duration, IReadOnlyList<FaultPhase> Phases,
    IReadOnlyDictionary<string, IReadOnlyList<ArmedCrash?>> Crashes)
{
    /// <summary>How many times processes are killed from outside; crash points come on top.</summary>
    public int KillCount => Phases.Sum(phase => phase.Faults.Count(fault => fault.Kind == FaultKind.Kill));
}
