namespace DaprSocial.Bench.Tests;

public sealed class ProcessTimesTests
{
    [Fact]
    public void Parse_NameWithSpacesAndBrackets_ReadsWhatComesAfterIt()
    {
        const string stat = "42 (a (b) 7 8 c) S 7 42 42 0 -1 4194560 1 2 3 4 100 20 3 1 20 0 1 0 5 6 7";

        var times = ProcessTimes.Parse(stat);

        Assert.Equal(new ProcessTimes(ParentId: 7, OwnTicks: 120, ChildTicks: 4), times);
    }

    [Fact]
    public void TryRead_OwnProcess_HasSpentTime() =>
        Assert.True(ProcessTimes.TryRead(Environment.ProcessId) is { OwnTicks: >= 0, ParentId: > 0 });

    [Fact]
    public void TryRead_NoSuchProcess_IsNull() => Assert.Null(ProcessTimes.TryRead(int.MaxValue));
}
