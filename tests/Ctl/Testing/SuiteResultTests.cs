using DaprSocial.Ctl.Testing;

namespace DaprSocial.Ctl.Tests.Testing;

public sealed class SuiteResultTests
{
    private static readonly TestCase _passed = new("T.Good", TestOutcome.Passed, TimeSpan.Zero);
    private static readonly TestCase _failed = new("T.Bad", TestOutcome.Failed, TimeSpan.Zero, "wrong", "at T.Bad()");
    private static readonly TestCase _skipped = new("T.Later", TestOutcome.Skipped, TimeSpan.Zero, "needs docker");

    [Fact]
    public void Judge_MixedOutcomes_CountsEach()
    {
        var result = Judge([_passed, _failed, _skipped], exitCode: 1);

        Assert.Equal((1, 1, 1), (result.Passed, result.Failed, result.Skipped));
        Assert.Equal("", result.Problem);
    }

    [Fact]
    public void Judge_NoResultFile_IsOneFailureWithTheOutput()
    {
        var result = Judge(null, exitCode: 134, tail: "out of memory");

        Assert.Equal((0, 1), (result.Passed, result.Failed));
        Assert.Contains("out of memory", result.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Summary_AFailure_IsNamedAtOnceInALineOfItsOwn()
    {
        var result = Judge([_passed, _failed with { Message = "Expected: 4\nActual: 5" }], exitCode: 1);

        Assert.Equal(
            "FAILED  Suite: 1 passed, 1 failed (1.0 s)\n          T.Bad: Expected: 4 Actual: 5", result.Summary);
    }

    [Theory]
    [InlineData(false, 1)]
    [InlineData(true, 0)]
    public void Judge_NoTest_IsAFailureUnlessTestsWereChosen(bool narrowed, int failed) =>
        Assert.Equal(failed, Judge([], exitCode: 0, narrowed: narrowed).Failed);

    [Fact]
    public void Judge_AllPassedButTheHostFailed_IsAFailure() =>
        Assert.Equal((1, 1), (Judge([_passed], exitCode: 1).Passed, Judge([_passed], exitCode: 1).Failed));

    [Fact]
    public void Judge_HostAbortedAfterAFailure_CountsTheTestsThatNeverRanToo() =>
        Assert.Equal(2, Judge([_failed], exitCode: 1, tail: "Test Run Aborted.").Failed);

    [Theory]
    [InlineData(3, 0, 0, "3 passed, 0 failed")]
    [InlineData(3, 1, 2, "3 passed, 1 failed, 2 skipped")]
    public void LastLine_HasTheFixedForm(int passed, int failed, int skipped, string expected) =>
        Assert.Equal(expected, TestReport.LastLine(passed, failed, skipped));

    [Fact]
    public void Print_FailuresAndSkips_AreShownInFullAndTheLastLineCounts()
    {
        var output = new StringWriter { NewLine = "\n" };

        var fine = TestReport.Print(
            [Judge([_passed, _failed, _skipped], exitCode: 1), Judge(null, exitCode: 1, tail: "lost")], output);

        var text = output.ToString();
        Assert.False(fine);
        Assert.Contains("T.Later: needs docker", text, StringComparison.Ordinal);
        Assert.Contains("FAILED Suite: T.Bad\n    wrong\n    at T.Bad()\n", text, StringComparison.Ordinal);
        Assert.Contains("lost", text, StringComparison.Ordinal);
        Assert.EndsWith("\n1 passed, 2 failed, 1 skipped\n", text, StringComparison.Ordinal);
    }

    private static SuiteResult Judge(
        IReadOnlyList<TestCase>? cases, int exitCode, string tail = "", bool narrowed = false) =>
        SuiteResult.Judge("Suite", cases, exitCode, tail, TimeSpan.FromSeconds(1), narrowed);
}
