using System.Diagnostics;

namespace DaprSocial.Ctl.Processes;

/// <summary>Starts a server that outlives us if need be, in a session of its own.</summary>
internal static class DetachedServer
{
    // The terminal sends Ctrl-C to its whole foreground process group. A server there would stop on its own, under the
    // services that still use it; in its own session it stops when we say so. sh, setsid and setpriv replace
    // themselves by the next program, so the process id that we see is the server's.
    private const string Script = "log=$1; shift; exec setsid \"$@\" >>\"$log\" 2>&1 </dev/null";

    public static ProcessIdentity Start(IReadOnlyList<string> command, string logPath)
    {
        var start = new ProcessStartInfo("/bin/sh", ["-c", Script, "sh", logPath, .. command])
        {
            // Never the caller's folder: it may be unreadable for the server's user, or be deleted under it.
            WorkingDirectory = "/",
        };
        using var process = Process.Start(start) ?? throw new UnreachableException();

        // A process that has ended already cannot be looked up; zero ticks make an identity that is never alive.
        return ProcessIdentity.Find(process.Id) ?? new ProcessIdentity(process.Id, 0);
    }
}
