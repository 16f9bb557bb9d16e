using System.Text.RegularExpressions;
using DaprSocial.Ctl.Output;
using DaprSocial.Ctl.Processes;

namespace DaprSocial.Ctl.Stores;

/// <summary>
/// Installs the stores' and images' programs from Debian's packages, and nothing but the programs: the packages' own
/// cluster is not created and their own daemons are not started, now or at the next boot.
/// </summary>
internal static partial class DebianInstaller
{
    private const string MachineLock = "/run/lock/daprsocial-install.lock";
    private const string ClusterSettings = "/etc/postgresql-common/createcluster.conf";
    private static readonly TimeSpan _lockTimeout = TimeSpan.FromMinutes(10);

    public static async Task InstallAsync(
        IReadOnlyList<string> packages, IProgressReport progress, CancellationToken cancellationToken)
    {
        if (!Environment.IsPrivilegedProcess || !File.Exists("/usr/bin/apt-get"))
        {
            throw new CtlException(
                $"Not installed: {string.Join(", ", packages)}.",
                $"Install them, as root: apt-get install postgresql redis-server {VipsBinary.Package} (or your "
                + $"system's packages; PostgreSQL {PostgresBinaries.MajorMin}+, Redis {RedisBinary.VersionMin}+ and "
                + $"libvips {VipsBinary.VersionMin}+), then try again.");
        }

        using var machine = await LockFile.TakeAsync(MachineLock, _lockTimeout, cancellationToken)
            ?? throw new CtlException(
                "Another checkout installs packages for over ten minutes.", "Try again when it is done.");
        await progress.StepAsync("apt-get update", say => AptAsync(["update"], say));
        using var policy = ServiceStartPolicy.Deny();
        await InstallAllAsync(packages, progress);
        await DisableServicesAsync(packages);
    }

    private static async Task InstallAllAsync(IReadOnlyList<string> packages, IProgressReport progress)
    {
        if (!packages.Any(static package => package.StartsWith("postgresql", StringComparison.Ordinal)))
        {
            await InstallStepAsync(packages, progress);
            return;
        }

        // First the package that brings the settings file, so that ours is an edit of a known file, undone afterwards.
        await InstallStepAsync(["postgresql-common"], progress);
        var settings = File.Exists(ClusterSettings) ? await File.ReadAllTextAsync(ClusterSettings) : "";
        await File.WriteAllTextAsync(ClusterSettings, WithoutMainCluster(settings));
        try
        {
            await InstallStepAsync(packages, progress);
        }
        finally
        {
            await File.WriteAllTextAsync(ClusterSettings, settings);
        }
    }

    /// <summary>The settings with <c>create_main_cluster = false</c>, in place of whatever they say about it.</summary>
    public static string WithoutMainCluster(string settings) =>
        MainClusterLine().Replace(settings, "").TrimEnd('\n') + "\ncreate_main_cluster = false\n";

    private static Task InstallStepAsync(IReadOnlyList<string> packages, IProgressReport progress) =>
        progress.StepAsync($"apt-get install {string.Join(' ', packages)}", say => AptAsync(
            ["install", "--yes", "--no-install-recommends", "-o", "Dpkg::Options::=--force-confold", .. packages],
            say));

    // Not cancellable, and in a session of its own, which Ctrl-C does not reach: a package manager that is stopped in
    // the middle leaves the system broken. A second Ctrl-C still ends us.
    private static async Task AptAsync(IReadOnlyList<string> arguments, Action<string> say)
    {
        var environment = new Dictionary<string, string?>
        {
            ["DEBIAN_FRONTEND"] = "noninteractive",
            ["UCF_FORCE_CONFFOLD"] = "1",
            ["LC_ALL"] = "C.UTF-8",
        };
        var result = await Tool.RunAsync(
            ["setsid", "apt-get", "-q", "-o", "DPkg::Lock::Timeout=300", .. arguments],
            "/", environment, say, CancellationToken.None);
        if (!result.Succeeded)
        {
            throw new CtlException(
                $"apt-get {arguments[0]} failed:\n{result.Tail(15)}",
                "Install by hand what it could not, then try again.");
        }
    }

    private static async Task DisableServicesAsync(IReadOnlyList<string> packages)
    {
        // The policy keeps Redis from starting now; this keeps it from starting at the next boot, under systemd and
        // without. PostgreSQL's service needs no such thing: it starts clusters, and there is none.
        if (!packages.Contains("redis-server"))
            return;
        await Tool.RunAsync(["deb-systemd-helper", "disable", "redis-server.service"], CancellationToken.None);
        await Tool.RunAsync(["update-rc.d", "redis-server", "disable"], CancellationToken.None);
    }

    [GeneratedRegex(@"^[ \t]*create_main_cluster[^\n]*\n?", RegexOptions.Multiline)]
    private static partial Regex MainClusterLine();
}
