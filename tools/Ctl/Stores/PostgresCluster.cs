using System.Globalization;
using System.Security.Cryptography;
using DaprSocial.Ctl.Output;
using DaprSocial.Ctl.Processes;

namespace DaprSocial.Ctl.Stores;

/// <summary>A cluster on disk: made once, started often, and made fit to start after any kind of end.</summary>
internal sealed class PostgresCluster(PostgresSettings settings)
{
    private static readonly TimeSpan _leftoverTimeout = TimeSpan.FromSeconds(20);

    /// <summary>The major version that wrote the cluster; null when there is none yet.</summary>
    public int? Major =>
        ProcFs.ReadText(Path.Combine(settings.ClusterFolder, "PG_VERSION")) is { } text
            ? int.Parse(text, CultureInfo.InvariantCulture)
            : null;

    /// <summary>The password of the superuser, known to nobody but this folder.</summary>
    public string Password => File.Exists(settings.PasswordPath)
        ? File.ReadAllText(settings.PasswordPath).Trim()
        : throw new CtlException(
            $"The password of the database is gone: {settings.PasswordPath}.",
            $"Put it back, or remove {settings.Folder} to start empty.");

    /// <returns>A server of this cluster that runs already, started by us or by a run that was killed.</returns>
    public (ProcessIdentity Server, int? Port)? FindRunning() =>
        PostmasterFile.Read(settings.ClusterFolder) is { } file && file.FindServer(settings.ClusterFolder) is { } server
            ? (server, file.Port)
            : null;

    public async Task CreateIfMissingAsync(
        PostgresBinaries binaries, StoreAccount account, IProgressReport progress, CancellationToken cancellationToken)
    {
        if (Major is not null)
            return;
        await progress.StepAsync($"PostgreSQL {binaries.Major}: create a private cluster", async _ =>
        {
            // Made aside and renamed when whole: a cluster half made by a killed run is never started.
            var unfinished = settings.ClusterFolder + ".new";
            if (Directory.Exists(unfinished))
                Directory.Delete(unfinished, recursive: true);
            await WritePasswordAsync(account, cancellationToken);
            var result = await Tool.RunAsync(
                account.Wrap(
                [
                    binaries.InitDb, "-D", unfinished, "-U", PostgresSettings.SuperUser,
                    $"--pwfile={settings.PasswordPath}", "--auth=scram-sha-256",
                    "-E", "UTF8", "--locale=C.UTF-8", "--data-checksums",
                    .. settings.Durable ? (string[])[] : ["--no-sync"],
                ]),
                cancellationToken);
            if (!result.Succeeded)
            {
                throw new CtlException(
                    $"initdb failed:\n{result.Tail(15)}", $"Look into {settings.Folder}: is the disk full?");
            }

            Directory.Move(unfinished, settings.ClusterFolder);
        });
    }

    /// <summary>
    /// Removes what a killed server left and PostgreSQL itself would stumble over. It starts over a stale
    /// <c>postmaster.pid</c> by itself unless a process bears the id in it: another one, as after a reboot, or the
    /// killed server itself while nobody has reaped it.
    /// </summary>
    public async Task ClearLeftoversAsync(Action<string> say, CancellationToken cancellationToken)
    {
        foreach (var leftover in FindLeftovers())
        {
            // A server process whose postmaster was killed ends by itself, mostly at once; two at work on one
            // cluster would destroy it, so nothing starts before.
            say($"waiting for process {leftover.Pid} of a killed server to end");
            if (!await leftover.WaitForExitAsync(_leftoverTimeout, cancellationToken))
            {
                throw new CtlException(
                    $"Process {leftover.Pid} of a server that was killed still works in {settings.ClusterFolder}.",
                    $"End it (kill {leftover.Pid}), then try again.");
            }
        }

        if (PostmasterFile.Read(settings.ClusterFolder) is { } file
            && Directory.Exists($"/proc/{file.Pid}") && file.FindServer(settings.ClusterFolder) is null)
            File.Delete(Path.Combine(settings.ClusterFolder, PostmasterFile.Name));
    }

    private List<ProcessIdentity> FindLeftovers() =>
        [.. ProcFs.ProcessIds().Where(IsOfThisCluster).Select(ProcessIdentity.Find).OfType<ProcessIdentity>()];

    private bool IsOfThisCluster(int pid) =>
        ProcFs.WorkingDirectory(pid) == settings.ClusterFolder
        || ProcFs.CommandLine(pid) is [var title, ..]
            && title.StartsWith($"postgres: {settings.ClusterName}:", StringComparison.Ordinal);

    private async Task WritePasswordAsync(StoreAccount account, CancellationToken cancellationToken)
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.Create,
            Access = FileAccess.Write,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        };
        File.Delete(settings.PasswordPath);
        await using (var writer = new StreamWriter(settings.PasswordPath, options))
            await writer.WriteLineAsync(RandomNumberGenerator.GetHexString(32, lowercase: true));
        await account.GiveAsync(settings.PasswordPath, cancellationToken);
    }
}
