using System.Globalization;
using DaprSocial.Ctl.Output;

namespace DaprSocial.Ctl.Testing;

/// <summary>What a person reads at the end of a run. The last line has a fixed form that machines read.</summary>
internal static class TestReport
{
    private const int SlowestCount = 5;

    /// <returns>Whether everything passed.</returns>
    public static bool Print(IReadOnlyList<SuiteResult> results, TextWriter output)
    {
        PrintSkips(results, output);
        PrintSlowest(results, output);
        foreach (var suite in results)
            PrintFailures(suite, output);

        var passed = results.Sum(static suite => suite.Passed);
        var failed = results.Sum(static suite => suite.Failed);
        var skipped = results.Sum(static suite => suite.Skipped);
        output.WriteLine();
        output.WriteLine(LastLine(passed, failed, skipped));
        output.Flush();
        return failed == 0;
    }

    public static string LastLine(int passed, int failed, int skipped) => string.Create(
        CultureInfo.InvariantCulture, $"{passed} passed, {failed} failed{(skipped > 0 ? $", {skipped} skipped" : "")}");

    private static void PrintSkips(IReadOnlyList<SuiteResult> results, TextWriter output)
    {
        var skips = results.SelectMany(static suite => suite.Cases)
            .Where(static test => test.Outcome == TestOutcome.Skipped).ToList();
        if (skips.Count == 0)
            return;
        output.WriteLine();
        output.WriteLine("Skipped:");
        foreach (var test in skips)
            output.WriteLine($"  {test.Name}: {(test.Message.Length > 0 ? test.Message : "(no reason given)")}");
    }

    private static void PrintSlowest(IReadOnlyList<SuiteResult> results, TextWriter output)
    {
        var slowest = results.SelectMany(static suite => suite.Cases)
            .OrderByDescending(static test => test.Duration).Take(SlowestCount).ToList();
        if (slowest.Count == 0)
            return;
        output.WriteLine();
        output.WriteLine("Slowest:");
        foreach (var test in slowest)
            output.WriteLine($"  {Elapsed.Text(test.Duration),8}  {test.Name}");
    }

    private static void PrintFailures(SuiteResult suite, TextWriter output)
    {
        if (suite.Problem.Length > 0)
        {
            output.WriteLine();
            output.WriteLine($"FAILED {suite.Name}");
            output.WriteLine(Indent(suite.Problem));
        }

        foreach (var test in suite.Cases.Where(static test => test.Outcome == TestOutcome.Failed))
        {
            output.WriteLine();
            output.WriteLine($"FAILED {suite.Name}: {test.Name}");
            foreach (var text in (string[])[test.Message, test.Stack, test.Output])
            {
                if (text.Length > 0)
                    output.WriteLine(Indent(text));
            }
        }
    }

    private static string Indent(string text) =>
        string.Join('\n', text.TrimEnd().Split('\n').Select(static line => "    " + line.TrimEnd()));
}
