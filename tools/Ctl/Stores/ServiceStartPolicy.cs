namespace DaprSocial.Ctl.Stores;

/// <summary>
/// While it lives, Debian's packages may not start their daemons: <c>policy-rc.d</c> is the documented way to say so. A
/// policy that was there is put back afterwards.
/// </summary>
internal sealed class ServiceStartPolicy : IDisposable
{
    private const string PolicyPath = "/usr/sbin/policy-rc.d";
    private const string Marker = "# written by DaprSocial while it installs packages; safe to remove";

    private readonly string _path;

    private ServiceStartPolicy(string path) => _path = path;

    private string BackupPath => _path + ".daprsocial-backup";

    public static ServiceStartPolicy Deny(string path = PolicyPath)
    {
        const UnixFileMode Executable = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
            | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;
        var policy = new ServiceStartPolicy(path);

        // A policy with our marker is left over from an installation that was killed: the true one is the backup.
        if (File.Exists(path) && !File.ReadAllText(path).Contains(Marker, StringComparison.Ordinal))
            File.Move(path, policy.BackupPath, overwrite: true);
        File.WriteAllText(path, $"#!/bin/sh\n{Marker}\nexit 101\n");
        File.SetUnixFileMode(path, Executable);
        return policy;
    }

    public void Dispose()
    {
        if (File.Exists(BackupPath))
            File.Move(BackupPath, _path, overwrite: true);
        else
            File.Delete(_path);
    }
}
