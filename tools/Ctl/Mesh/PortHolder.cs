using System.Globalization;
using DaprSocial.Ctl.Processes;

namespace DaprSocial.Ctl.Mesh;

/// <summary>Finds out from /proc who listens on a port, as far as the system lets us see.</summary>
internal static class PortHolder
{
    private const string Listening = "0A";
    private const int CommandLengthMax = 100;

    public static string Describe(int port)
    {
        var sockets = ListeningSockets(port);
        if (sockets.Count == 0)
            return "a process that is not listening on it yet";
        foreach (var pid in ProcFs.ProcessIds())
        {
            if (Holds(pid, sockets))
                return $"process {pid} ({Shorten(string.Join(' ', ProcFs.CommandLine(pid)))})";
        }

        return "a process that only its owner or root may see";
    }

    private static HashSet<string> ListeningSockets(int port)
    {
        var suffix = ":" + port.ToString("X4", CultureInfo.InvariantCulture);
        var sockets = new HashSet<string>();
        foreach (var table in (string[])["/proc/net/tcp", "/proc/net/tcp6"])
        {
            foreach (var line in (ProcFs.ReadText(table) ?? "").Split('\n').Skip(1))
            {
                // sl, local_address, rem_address, st, queues, timer, retransmits, uid, timeout, inode
                var fields = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
                if (fields.Length > 9 && fields[1].EndsWith(suffix, StringComparison.Ordinal) && fields[3] == Listening)
                    sockets.Add($"socket:[{fields[9]}]");
            }
        }

        return sockets;
    }

    private static bool Holds(int pid, HashSet<string> sockets)
    {
        try
        {
            return Directory.EnumerateFileSystemEntries($"/proc/{pid}/fd")
                .Any(file => ProcFs.LinkTarget(file) is { } target && sockets.Contains(target));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static string Shorten(string command) =>
        command.Length <= CommandLengthMax ? command : command[..CommandLengthMax] + "…";
}
