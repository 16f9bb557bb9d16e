using System.Diagnostics;
using System.Text.RegularExpressions;
using DaprSocial.Ctl.Processes;

namespace DaprSocial.Ctl.Testing;

/// <summary>Runs one built suite in a process of its own.</summary>
internal sealed partial class SuiteRunner(
    TestOptions options, string resultsFolder, IReadOnlyDictionary<string, string?> environment)
{
    private const int TailLineCount = 40;

    public async Task<SuiteResult> RunAsync(TestProject project, CancellationToken cancellationToken)
    {
        var watch = Stopwatch.StartNew();
        var folder = Path.Combine(resultsFolder, project.Name);
        Directory.CreateDirectory(folder);
        var result = await Tool.RunAsync(
            Command(project, folder),
            Path.GetDirectoryName(project.Path)!,
            environment,
            static _ => { },
            cancellationToken);
        var log = Path.Combine(folder, "output.log");
        await File.WriteAllTextAsync(log, result.Output, cancellationToken);
        return SuiteResult.Judge(
            project.Name,
            TrxFile.TryRead(Path.Combine(folder, "results.trx")),
            result.ExitCode,
            $"{Readable(result).Tail(TailLineCount)}\n(the whole output: {log})",
            watch.Elapsed,
            narrowed: options.Filter is not null);
    }

    // The stack of a crash runs through a hundred lines of the test framework, which hide the reason above them.
    private static ToolResult Readable(ToolResult result) =>
        result with { Output = FrameworkFrame().Replace(result.Output, "") };

    private IReadOnlyList<string> Command(TestProject project, string folder)
    {
        // A suite in which nothing happens for so long hangs; the blame collector ends it and names the test.
        var hangTimeout = options.Full ? "20m" : "4m";
        return
        [
            "dotnet", "test", project.Path, "--no-build", "-c", "Release", "--nologo",
            "--logger", "trx;LogFileName=results.trx", "--results-directory", folder,
            "--blame-hang-timeout", hangTimeout, "--blame-hang-dump-type", "none",
            .. options.Expression() is { } expression ? (string[])["--filter", expression] : [],
        ];
    }

    [GeneratedRegex(@"^\s+at (System|Xunit|Microsoft)\..*\n", RegexOptions.Multiline)]
    private static partial Regex FrameworkFrame();
}
