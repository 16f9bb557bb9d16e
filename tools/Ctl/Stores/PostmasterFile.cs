using System.Globalization;
using DaprSocial.Ctl.Processes;

namespace DaprSocial.Ctl.Stores;

/// <summary>
/// What <c>postmaster.pid</c> says. It outlives a killed server, so its word is checked against /proc.
/// </summary>
internal sealed record PostmasterFile(int Pid, int? Port)
{
    public const string Name = "postmaster.pid";

    /// <returns>Null when there is no such file or it holds no process id.</returns>
    public static PostmasterFile? Read(string clusterFolder)
    {
        var path = Path.Combine(clusterFolder, Name);
        if (!File.Exists(path) || ProcFs.ReadText(path) is not { } text)
            return null;

        // Process id, data folder, start time, port, socket folder, listen address, shared memory, status.
        var lines = text.Split('\n');
        return int.TryParse(lines[0], NumberStyles.None, CultureInfo.InvariantCulture, out var pid)
            ? new PostmasterFile(pid, lines.Length > 3 && int.TryParse(lines[3], out var port) ? port : null)
            : null;
    }

    /// <summary>
    /// The server itself, if the process with that id is a PostgreSQL server of exactly this cluster; null when the id
    /// belongs to nobody or to somebody else by now.
    /// </summary>
    public ProcessIdentity? FindServer(string clusterFolder)
    {
        var identity = ProcessIdentity.Find(Pid);
        var command = ProcFs.CommandLine(Pid);
        return command.Count > 2
            && Path.GetFileName(command[0]) == "postgres"
            && command[1] == "-D" && command[2] == clusterFolder
            ? identity
            : null;
    }
}
