using DaprSocial.Faults;
using DaprSocial.Faults.Running;
using DaprSocial.Verify;

namespace DaprSocial.Ctl.Faults;

/// <summary>What <c>ctl verify --all</c> finds in the tables of a quiet mesh.</summary>
internal static class TableVerification
{
    public static async Task<IReadOnlyList<string>> FindWrongAsync(QuietMesh mesh, CancellationToken cancellationToken)
    {
        // The answers are compared by the run itself, at the users' own tokens.
        var options = new VerifyOptions
        {
            PostgresConnectionString = mesh.PostgresConnectionString, Seed = mesh.Seed,
        };
        try
        {
            var report = await Verifier.RunAsync(options, SilentProgress.Instance, cancellationToken);
            return [.. report.Differences.Select(Describe)];
        }
        catch (VerifyException exception)
        {
            return [exception.Message];
        }
    }

    private static string Describe(VerifyDifference difference) =>
        $"{difference.Table} {difference.Key}: {difference.Cause}; expected {difference.Expected ?? "no row"}, "
        + $"actual {difference.Actual ?? "no row"}";
}
