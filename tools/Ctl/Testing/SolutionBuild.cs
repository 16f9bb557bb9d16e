using DaprSocial.Ctl.Output;
using DaprSocial.Ctl.Processes;

namespace DaprSocial.Ctl.Testing;

/// <summary>Builds the solution once for all suites.</summary>
internal static class SolutionBuild
{
    private const int TailLineCount = 60;
    private static readonly TimeSpan _lockTimeout = TimeSpan.FromMinutes(10);

    /// <returns>Empty when it built, else the errors.</returns>
    public static async Task<string> TryRunAsync(
        Checkout checkout, IProgressReport progress, CancellationToken cancellationToken)
    {
        try
        {
            await RunAsync(checkout, progress, cancellationToken);
            return "";
        }
        catch (CtlException e)
        {
            return e.Message;
        }
    }

    private static Task RunAsync(Checkout checkout, IProgressReport progress, CancellationToken cancellationToken) =>
        progress.StepAsync("build DaprSocial.sln", async say =>
        {
            using var building = await LockFile.TakeAsync(checkout.BuildLockPath, _lockTimeout, cancellationToken)
                ?? throw new CtlException(
                    "Another ./social builds for over ten minutes.", "Try again when it is done.");
            var result = await Tool.RunAsync(
                [
                    "dotnet", "build", checkout.SolutionPath, "-c", "Release", "--nologo", "-v", "minimal",

                    // No build server may outlive us: neither MSBuild's nodes nor the compiler's.
                    "-nodeReuse:false", "-p:UseSharedCompilation=false", "-clp:NoSummary",

                    // Nor may a build from the cache fail for want of the network, which the audit asks each time.
                    "-p:NuGetAudit=false",
                ],
                checkout.Root,
                new Dictionary<string, string?>(),
                line => say(line.Trim()),
                cancellationToken);
            if (!result.Succeeded)
                throw new CtlException(Errors(result), "Mend it, then try again.");
        });

    private static string Errors(ToolResult result)
    {
        var errors = result.Output.Split('\n')
            .Where(static line => line.Contains(": error ", StringComparison.Ordinal))
            .Distinct()
            .ToList();
        return errors.Count > 0 ? string.Join('\n', errors) : result.Tail(TailLineCount);
    }
}
