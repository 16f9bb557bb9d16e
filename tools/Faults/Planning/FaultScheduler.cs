using System.Globalization;
using DaprSocial.Load.Generation;

namespace DaprSocial.Faults.Planning;

/// <summary>Makes schedules. Pure: the same seed, duration and kinds give the same one.</summary>
internal static class FaultScheduler
{
    private const string RestoredApp = "posts";
    private static readonly TimeSpan _phaseLengthMin = TimeSpan.FromSeconds(15);

    // What the checks after a phase take on two cores; a part of the run's time.
    private static readonly TimeSpan _checkTime = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan _restoreTime = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan _restoredBy = TimeSpan.FromSeconds(60);

    // Shorter runs have no minute to lose.
    private static readonly TimeSpan _restoreDurationMin = TimeSpan.FromSeconds(150);

    /// <param name="only">Phases of these kinds; empty for all.</param>
    public static FaultSchedule Plan(long seed, TimeSpan duration, IReadOnlyList<PhaseKind> only)
    {
        var random = new SeededRandom("faults", seed.ToString(CultureInfo.InvariantCulture));
        var restores = only.Contains(PhaseKind.RestoredLog) || (only.Count == 0 && duration >= _restoreDurationMin);
        var kinds = KindsOf(only, random);
        var time = restores ? duration - _restoreTime : duration;
        var chosen = kinds.Take(Math.Max(1, (int)(time / (_phaseLengthMin + _checkTime)))).ToList();
        var lengths = LengthsOf(chosen, time);
        var phases = chosen.Select((kind, index) => PlanPhase(index + 1, kind, lengths[index], seed, random)).ToList();
        if (restores)
            AddRestore(phases);
        var crashes = Instances.OfServices.ToDictionary(
            instance => instance, instance => CrashPlanner.Plan(instance, seed));
        return new FaultSchedule(seed, duration, phases, crashes);
    }

    private static PhaseKind[] KindsOf(IReadOnlyList<PhaseKind> only, SeededRandom random)
    {
        var kinds = Enum.GetValues<PhaseKind>()
            .Where(kind => kind != PhaseKind.RestoredLog && (only.Count == 0 || only.Contains(kind))).ToArray();
        if (kinds.Length == 0)
            return [PhaseKind.UnreliableBroker];
        random.Shuffle(kinds);
        return kinds;
    }

    // The pause takes its 30 s where the run is long enough; the others share the rest evenly.
    private static List<TimeSpan> LengthsOf(List<PhaseKind> chosen, TimeSpan time)
    {
        var faults = time - (_checkTime * chosen.Count);
        if (faults < _phaseLengthMin)
            faults = time * 0.7;
        var pauses = chosen.Count > 1 && chosen.Contains(PhaseKind.PausedRelay)
            && faults - PhaseFaults.PausePhase >= _phaseLengthMin * (chosen.Count - 1);
        var share = pauses ? (faults - PhaseFaults.PausePhase) / (chosen.Count - 1) : faults / chosen.Count;
        return [.. chosen.Select(kind => pauses && kind == PhaseKind.PausedRelay ? PhaseFaults.PausePhase : share)];
    }

    private static FaultPhase PlanPhase(int number, PhaseKind kind, TimeSpan length, long seed, SeededRandom random) =>
        new(number, kind, length, PhaseFaults.BrokerOf(kind, (seed * 1000) + number),
            PhaseFaults.Plan(kind, length, random));

    // The copy is made at the beginning of the last phase that begins a minute before the end.
    private static void AddRestore(List<FaultPhase> phases)
    {
        var left = TimeSpan.Zero;
        var index = phases.Count;
        while (index > 0 && left < _restoredBy)
            left += phases[--index].Length;
        var phase = phases[index];
        var backUp = new PlannedFault(TimeSpan.FromSeconds(1), FaultKind.BackUpPostgres, RestoredApp, TimeSpan.Zero);
        phases[index] = phase with { Faults = [.. phase.Faults.Append(backUp).OrderBy(fault => fault.At)] };
        phases.Add(new FaultPhase(
            phases.Count + 1, PhaseKind.RestoredLog, _restoreTime, new(),
            [new PlannedFault(TimeSpan.Zero, FaultKind.RestorePostgres, RestoredApp, TimeSpan.Zero)]));
    }
}
