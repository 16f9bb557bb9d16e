using DaprSocial.Faults.Running;

namespace DaprSocial.Faults.Tests.Running;

public sealed class FaultHistoryTests
{
    private readonly List<string> _lines = [];
    private readonly FaultHistory _history;

    public FaultHistoryTests() => _history = new FaultHistory(_lines.Add);

    [Fact]
    public void Killed_BeforeItTookCalls_IsToldButNotCounted()
    {
        _history.Killed("posts#1", crashPoint: null, wasReady: true);
        _history.Killed("posts#1", crashPoint: null, wasReady: false);
        _history.Killed("posts#2", "consumer.batch", wasReady: true);
        _history.Killed("posts#2", "consumer.batch", wasReady: false);

        Assert.Equal(2, _history.KillCount);
        Assert.Equal([KeyValuePair.Create("consumer.batch", 2)], _history.Crashes);
        Assert.Equal(4, _lines.Count);
    }

    [Fact]
    public void Violated_AfterFaults_KeepsPhaseAndTheLastOfThem()
    {
        _history.Phase = 3;
        for (var number = 1; number <= 20; number++)
            _history.Fault($"fault {number}.");

        _history.Violated("promise", "what broke");

        var violation = Assert.Single(_history.Violations);
        Assert.Equal((3, "promise", "what broke"), (violation.Phase, violation.Promise, violation.What));
        Assert.Equal(12, violation.Before.Count);
        Assert.EndsWith("fault 9.", violation.Before[0], StringComparison.Ordinal);
        Assert.EndsWith("fault 20.", violation.Before[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task ExplainAsync_Violations_GetTheEventsOfWhatTheyName()
    {
        _history.Violated("promise", "first");
        _history.Violated("promise", "second");

        await _history.ExplainAsync(violation =>
            Task.FromResult<IReadOnlyList<string>>([$"events of {violation.What}"]));

        Assert.Equal(
            ["events of first", "events of second"], _history.Violations.SelectMany(violation => violation.Events));
    }
}
