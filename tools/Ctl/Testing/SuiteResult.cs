namespace DaprSocial.Ctl.Testing;

/// <summary>What became of one suite.</summary>
/// <param name="Problem">
/// What went wrong with the suite itself: it did not run, or not to its end. Counts as one failure. Empty when nothing
/// did.
/// </param>
internal sealed record SuiteResult(string Name, IReadOnlyList<TestCase> Cases, TimeSpan Elapsed, string Problem = "")
{
    // Of a failed test's message, in characters; the report at the end has all of it.
    private const int TextMax = 200;

    public int Passed => Cases.Count(static test => test.Outcome == TestOutcome.Passed);

    public int Failed => Cases.Count(static test => test.Outcome == TestOutcome.Failed) + (Problem.Length > 0 ? 1 : 0);

    public int Skipped => Cases.Count(static test => test.Outcome == TestOutcome.Skipped);

    /// <summary>One suite's line of progress, and a line for each test that failed.</summary>
    public string Summary
    {
        get
        {
            var skipped = Skipped > 0 ? $", {Skipped} skipped" : "";
            var mark = Failed == 0 ? "ok" : "FAILED";
            var line = $"{mark,-7} {Name}: {Passed} passed, {Failed} failed{skipped} ({Output.Elapsed.Text(Elapsed)})";
            var failures = Cases.Where(static test => test.Outcome == TestOutcome.Failed)
                .Select(static test => $"          {test.Name}: {Start(test.Message.ReplaceLineEndings(" "))}");
            return string.Join('\n', [line, .. failures]);
        }
    }

    /// <summary>Judges a suite by its test host's end and its result file: both must be whole and agree.</summary>
    /// <param name="cases">Null when there is no result file.</param>
    /// <param name="narrowed">The caller asked for some tests only, so none here is no mistake.</param>
    public static SuiteResult Judge(
        string name, IReadOnlyList<TestCase>? cases, int exitCode, string tail, TimeSpan elapsed, bool narrowed)
    {
        var problem = "";
        if (cases is null)
            problem = $"The suite did not run to its end (exit code {exitCode}):\n{tail}";
        else if (exitCode != 0 && cases.All(static test => test.Outcome != TestOutcome.Failed))
            problem = $"No test failed, but the suite did (exit code {exitCode}):\n{tail}";
        else if (cases.Count == 0 && !narrowed)
            problem = "It ran no test. If all its tests are for --full, say <FullOnly>true</FullOnly> in its project.";
        else if (tail.Contains("Test Run Aborted", StringComparison.Ordinal))
            problem = $"The test host ended before all tests had run:\n{tail}";
        return new SuiteResult(name, cases ?? [], elapsed, problem);
    }

    private static string Start(string text) => text.Length <= TextMax ? text : text[..TextMax] + "...";
}
