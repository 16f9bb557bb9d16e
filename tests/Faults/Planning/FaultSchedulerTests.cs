using DaprSocial.Faults.Planning;

namespace DaprSocial.Faults.Tests.Planning;

public sealed class FaultSchedulerTests
{
    private static readonly TimeSpan _fiveMinutes = TimeSpan.FromMinutes(5);

    public static TheoryData<long> Seeds => [.. Enumerable.Range(0, 50).Select(number => (number * 7919L) - 3)];

    [Fact]
    public void Plan_SameSeed_IsTheSame()
    {
        var one = FaultScheduler.Plan(42, _fiveMinutes, []);

        var other = FaultScheduler.Plan(42, _fiveMinutes, []);

        Assert.Equal(Lines(one), Lines(other));
        Assert.Equal(one.Crashes["posts#1"], other.Crashes["posts#1"]);
    }

    [Fact]
    public void Plan_OtherSeed_IsAnother()
    {
        var one = FaultScheduler.Plan(42, _fiveMinutes, []);

        var other = FaultScheduler.Plan(43, _fiveMinutes, []);

        Assert.NotEqual(Lines(one), Lines(other));
        Assert.NotEqual(one.Crashes["posts#1"], other.Crashes["posts#1"]);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Plan_FiveMinutesOfAnySeed_HoldsEveryKindAndOverAHundredKills(long seed)
    {
        var schedule = FaultScheduler.Plan(seed, _fiveMinutes, []);

        Assert.Equal(Enum.GetValues<PhaseKind>(), schedule.Phases.Select(phase => phase.Kind).Order());
        Assert.Equal(Enum.GetValues<FaultKind>(), Faults(schedule).Select(fault => fault.Kind).Distinct().Order());
        Assert.InRange(schedule.KillCount, 115, 300);
        Assert.InRange(schedule.Phases.Sum(phase => phase.Length.TotalSeconds), 200, 300);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Plan_AnySeed_LeavesAnInstanceAloneThatIsPausedOrSkewed(long seed)
    {
        foreach (var phase in FaultScheduler.Plan(seed, _fiveMinutes, []).Phases)
        {
            var spared = phase.Faults.Where(fault => fault.Length > TimeSpan.Zero)
                .Select(fault => fault.Target).ToList();
            Assert.DoesNotContain(
                phase.Faults, fault => fault.Kind == FaultKind.Kill && spared.Contains(fault.Target));
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Plan_AnySeed_RestoresLastWhatWasCopiedAMinuteBefore(long seed)
    {
        var schedule = FaultScheduler.Plan(seed, _fiveMinutes, []);

        var copied = schedule.Phases.Index()
            .Single(entry => entry.Item.Faults.Any(fault => fault.Kind == FaultKind.BackUpPostgres));
        Assert.Equal(PhaseKind.RestoredLog, schedule.Phases[^1].Kind);
        Assert.InRange(
            schedule.Phases.Skip(copied.Index).SkipLast(1).Sum(phase => phase.Length.TotalSeconds), 60, 120);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Plan_AnySeed_HasEachPhasesFaultsInOrderAndInTime(long seed)
    {
        foreach (var phase in FaultScheduler.Plan(seed, _fiveMinutes, []).Phases)
        {
            Assert.Equal(phase.Faults.Select(fault => fault.At).Order(), phase.Faults.Select(fault => fault.At));
            Assert.All(phase.Faults, fault => Assert.True(fault.At + fault.Length <= phase.Length));
        }
    }

    [Fact]
    public void Plan_OnlySomeKinds_HasNoOther()
    {
        var schedule = FaultScheduler.Plan(1, _fiveMinutes, [PhaseKind.LostLast, PhaseKind.Clock]);

        Assert.Equal([PhaseKind.LostLast, PhaseKind.Clock], schedule.Phases.Select(phase => phase.Kind).Order());
    }

    [Fact]
    public void Plan_OnlyTheRestore_HasAPhaseBeforeItThatCopies()
    {
        var schedule = FaultScheduler.Plan(1, TimeSpan.FromSeconds(40), [PhaseKind.RestoredLog]);

        Assert.Equal(
            [PhaseKind.UnreliableBroker, PhaseKind.RestoredLog], schedule.Phases.Select(phase => phase.Kind));
        Assert.Contains(schedule.Phases[0].Faults, fault => fault.Kind == FaultKind.BackUpPostgres);
    }

    [Theory]
    [InlineData(12)]
    [InlineData(45)]
    [InlineData(90)]
    public void Plan_ShortRun_HasFewPhasesWithinItsTime(int seconds)
    {
        var schedule = FaultScheduler.Plan(3, TimeSpan.FromSeconds(seconds), []);

        Assert.DoesNotContain(schedule.Phases, phase => phase.Kind == PhaseKind.RestoredLog);
        Assert.InRange(schedule.Phases.Count, 1, 3);
        Assert.InRange(schedule.Phases.Sum(phase => phase.Length.TotalSeconds), seconds * 0.5, seconds);
    }

    [Fact]
    public void BrokerOf_UnreliableBroker_LosesATenthAndRepeatsAFifth()
    {
        var policy = FaultScheduler.Plan(9, _fiveMinutes, []).Phases
            .Single(phase => phase.Kind == PhaseKind.UnreliableBroker).Broker;

        Assert.Equal((0.10, 0.20), (policy.LoseShare, policy.RepeatShare));
        Assert.True(policy.DelayShare > 0 && policy.DelayMsMax > 0);
    }

    [Theory]
    [InlineData(PhaseKind.PostsAheadOfGraph, "graph")]
    [InlineData(PhaseKind.GraphAheadOfPosts, "posts")]
    public void BrokerOf_OneTopicAhead_DelaysTheOtherByTenSeconds(PhaseKind kind, string late)
    {
        var policy = FaultScheduler.Plan(9, _fiveMinutes, []).Phases.Single(phase => phase.Kind == kind).Broker;

        Assert.Equal([KeyValuePair.Create(late, 10_000)], policy.LateTopicsMs);
    }

    private static IEnumerable<PlannedFault> Faults(FaultSchedule schedule) =>
        schedule.Phases.SelectMany(phase => phase.Faults);

    private static List<string> Lines(FaultSchedule schedule) =>
        [.. schedule.Phases.Select(phase => $"{phase.Kind} {phase.Length} {phase.Broker.Seed}"),
            .. Faults(schedule).Select(fault => $"{fault}")];
}
