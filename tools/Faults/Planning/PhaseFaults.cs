using DaprSocial.Load.Generation;

namespace DaprSocial.Faults.Planning;

/// <summary>What happens in a phase of each kind. Pure.</summary>
internal static class PhaseFaults
{
    private const double BurstChance = 0.2;
    private const double SidecarChance = 0.08;
    private const int LateMs = 10_000;

    // At the mean of these gaps five minutes hold over 150 kills; a process starts in about a second on two cores.
    private static readonly TimeSpan _killGapMin = TimeSpan.FromMilliseconds(600);
    private static readonly TimeSpan _killGapMax = TimeSpan.FromMilliseconds(2600);
    private static readonly TimeSpan _handOverGapMin = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan _handOverGapMax = TimeSpan.FromSeconds(9);
    private static readonly TimeSpan _pause = TimeSpan.FromSeconds(30);

    // A pause shows what it can only with some time before and after it.
    private static readonly TimeSpan _pauseMargin = TimeSpan.FromSeconds(6);

    /// <summary>How long a phase with a pause is, where there is time for it.</summary>
    public static TimeSpan PausePhase => _pause + _pauseMargin;

    public static DeliveryFaultPolicy BrokerOf(PhaseKind kind, long seed) => kind switch
    {
        PhaseKind.LostStreams => new() { Seed = seed, LoseStreamShare = 0.25, RepeatShare = 0.05 },
        PhaseKind.LostLast => new() { Seed = seed, LosesLast = true },
        PhaseKind.PostsAheadOfGraph => new() { Seed = seed, LateTopicsMs = Late("graph") },
        PhaseKind.GraphAheadOfPosts => new() { Seed = seed, LateTopicsMs = Late("posts") },
        _ => new() { Seed = seed, LoseShare = 0.10, RepeatShare = 0.20, DelayShare = 0.20, DelayMsMax = 1_500 },
    };

    /// <summary>By their times.</summary>
    public static IReadOnlyList<PlannedFault> Plan(PhaseKind kind, TimeSpan length, SeededRandom random)
    {
        var faults = new List<PlannedFault>(Special(kind, length, random));
        var spared = faults.Where(fault => fault.Length > TimeSpan.Zero).Select(fault => fault.Target).ToHashSet();
        faults.AddRange(Kills(length, spared, random));
        faults.AddRange(HandOvers(length, spared, random));
        return [.. faults.OrderBy(fault => fault.At)];
    }

    private static Dictionary<string, int> Late(string topic) => new() { [topic] = LateMs };

    private static IEnumerable<PlannedFault> Special(PhaseKind kind, TimeSpan length, SeededRandom random)
    {
        switch (kind)
        {
            case PhaseKind.Stores:
                yield return AtOnce(length * 0.1, FaultKind.SaveRedis);
                yield return AtOnce(length * 0.2, FaultKind.CrashPostgres);
                yield return AtOnce(length * 0.3, FaultKind.EvictRedisKey);
                yield return AtOnce(length * 0.4, FaultKind.RestoreRedis);
                yield return AtOnce(length * 0.6, FaultKind.CrashPostgres);
                yield return AtOnce(length * 0.8, FaultKind.KillRedis);
                break;
            case PhaseKind.Clock:
                var skewed = random.Pick<string>(["posts#1", "posts#2"]);
                yield return new(TimeSpan.FromSeconds(1), FaultKind.SkewClock, skewed, length * 0.7);
                break;
            case PhaseKind.PausedRelay:
                var paused = random.Pick<string>(["posts#1", "posts#2"]);
                var pause = length < PausePhase ? length * 0.6 : _pause;
                yield return new(TimeSpan.FromSeconds(3), FaultKind.Pause, paused, pause);
                break;
            case PhaseKind.UnreliableBroker:
                yield return AtOnce(length * 0.3, FaultKind.Poison, "posts");
                yield return AtOnce(length * 0.5, FaultKind.Poison, "graph");
                // Once more when no kill follows that would free who cannot get past it.
                yield return AtOnce(length, FaultKind.Poison, "posts");
                yield return AtOnce(length, FaultKind.Poison, "graph");
                break;
        }
    }

    private static IEnumerable<PlannedFault> Kills(TimeSpan length, HashSet<string> spared, SeededRandom random)
    {
        var targets = Instances.OfServices.Where(instance => !spared.Contains(instance)).ToList();
        for (var at = Gap(_killGapMin, _killGapMax, random); at < length; at += Gap(_killGapMin, _killGapMax, random))
        {
            var burst = random.Chance(BurstChance) ? 2 + random.Below(3) : 1;
            random.Shuffle(targets);
            foreach (var target in targets.Take(burst).ToList())
            {
                var victim = random.Chance(SidecarChance) ? Instances.Sidecar : target;
                yield return AtOnce(at, FaultKind.Kill, victim);
            }
        }
    }

    // Not to or from an instance that stands still or has a wrong clock: that fault moves calls itself.
    private static IEnumerable<PlannedFault> HandOvers(TimeSpan length, HashSet<string> spared, SeededRandom random)
    {
        var targets = Instances.OfServices
            .Where(instance =>
                Instances.TwinOf(instance) is { } twin && !spared.Contains(instance) && !spared.Contains(twin))
            .ToList();
        for (var at = Gap(_handOverGapMin, _handOverGapMax, random); at < length;
            at += Gap(_handOverGapMin, _handOverGapMax, random))
            yield return AtOnce(at, FaultKind.HandOver, targets[random.Below(targets.Count)]);
    }

    private static PlannedFault AtOnce(TimeSpan at, FaultKind kind, string target = "") =>
        new(at, kind, target, TimeSpan.Zero);

    private static TimeSpan Gap(TimeSpan min, TimeSpan max, SeededRandom random) =>
        min + ((max - min) * random.Fraction());
}
