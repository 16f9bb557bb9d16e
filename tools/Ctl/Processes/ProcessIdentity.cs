using System.Diagnostics;
using System.Globalization;

namespace DaprSocial.Ctl.Processes;

/// <summary>
/// A process by id and start time. The id alone is reused by the system; the pair is not, so nothing that is not ours
/// is ever signalled because it happens to bear an old number.
/// </summary>
/// <param name="StartTicks">Field 22 of <c>/proc/PID/stat</c>: clock ticks since boot.</param>
internal sealed record ProcessIdentity(int Pid, long StartTicks)
{
    private static readonly TimeSpan _pollInterval = TimeSpan.FromMilliseconds(20);

    public bool IsAlive => Find(Pid) == this;

    /// <returns>Null when no such process runs; a zombie has ended, it only waits to be reaped.</returns>
    public static ProcessIdentity? Find(int pid)
    {
        if (pid <= 0 || ProcFs.ReadText($"/proc/{pid}/stat") is not { } stat)
            return null;

        // The command in parentheses may hold blanks and parentheses itself, so fields are counted from the last one.
        var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        return fields[0] is "Z" or "X"
            ? null
            : new ProcessIdentity(pid, long.Parse(fields[19], CultureInfo.InvariantCulture));
    }

    public static ProcessIdentity Current() => Find(Environment.ProcessId) ?? throw new UnreachableException();

    public void Send(Signal signal)
    {
        if (IsAlive)
            Native.Send(Pid, signal);
    }

    /// <summary>Polls /proc, which serves children and processes of an earlier run alike.</summary>
    /// <returns>False when the process still runs after the timeout.</returns>
    public async Task<bool> WaitForExitAsync(TimeSpan timeout, CancellationToken cancellationToken)
    {
        var watch = Stopwatch.StartNew();
        while (IsAlive)
        {
            if (watch.Elapsed > timeout)
                return false;
            await Task.Delay(_pollInterval, cancellationToken);
        }

        return true;
    }
}
