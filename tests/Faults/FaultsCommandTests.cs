using System.Diagnostics;
using System.Text.Json;
using DaprSocial.Testing;

namespace DaprSocial.Faults.Tests;

/// <summary>The command as a user runs it, with processes, stores and kills of its own.</summary>
public sealed class FaultsCommandTests
{
    private const string Configuration =
#if DEBUG
        "Debug";
#else
        "Release";
#endif

    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(8);

    private static readonly string _program = Path.Combine(
        SourceTree.Root, "tools", "Ctl", "bin", Configuration, "net10.0", "DaprSocial.Ctl.dll");

    [Fact]
    public async Task Faults_Plan_IsPrintedAndNothingIsDone()
    {
        var (exitCode, output) = await RunAsync("--seed", "11", "--minutes", "5", "--plan");

        Assert.Equal(0, exitCode);
        Assert.Contains("Faults of seed 11", output, StringComparison.Ordinal);
        Assert.Contains("CrashPostgres", output, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Category", "Full")]
    public async Task Faults_FortyFiveSeconds_KillsAndKeepsEveryPromise()
    {
        var folder = Directory.CreateTempSubdirectory("daprsocial-faults-");
        try
        {
            var (exitCode, output) = await RunAsync(
                "--seed", "4", "--minutes", "0.75", "--json", "--data", folder.FullName);

            var report = JsonDocument.Parse(output[output.IndexOf("\n{", StringComparison.Ordinal)..]).RootElement;
            Assert.True(exitCode == 0, output);
            Assert.Equal(0, report.GetProperty("violations").GetArrayLength());
            Assert.InRange(report.GetProperty("killCount").GetInt32(), 10, 1000);
            Assert.InRange(report.GetProperty("pagesChecked").GetInt64(), 100, long.MaxValue);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<(int ExitCode, string Output)> RunAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [_program, "faults", .. arguments])
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
        };
        start.Environment["DAPRSOCIAL_ROOT"] = SourceTree.Root;
        using var process = Process.Start(start)!;
        using var limit = new CancellationTokenSource(_patience);
        var output = process.StandardOutput.ReadToEndAsync(limit.Token);
        var errors = process.StandardError.ReadToEndAsync(limit.Token);
        await process.WaitForExitAsync(limit.Token);
        return (process.ExitCode, $"{await errors}\n{await output}");
    }
}
