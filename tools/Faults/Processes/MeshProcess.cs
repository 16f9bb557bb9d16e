using System.Diagnostics;

namespace DaprSocial.Faults.Processes;

/// <summary>One life of a process of the mesh.</summary>
internal sealed class MeshProcess : IDisposable
{
    // In a session of its own, so that Ctrl-C at the terminal reaches only us, who then end it.
    private const string Script = "log=$1; shift; exec setsid \"$@\" >>\"$log\" 2>&1 </dev/null";

    private readonly Process _process;
    private volatile EndCause _endCause;

    private MeshProcess(Process process)
    {
        _process = process;
        Ended = process.WaitForExitAsync(CancellationToken.None);
    }

    public Task Ended { get; }

    public int ExitCode => _process.ExitCode;

    /// <summary>Why it was ended from outside, if it was.</summary>
    public EndCause EndCause => _endCause;

    public static MeshProcess Start(
        string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string> environment, string logPath)
    {
        var start = new ProcessStartInfo("/bin/sh", ["-c", Script, "sh", logPath, "dotnet", program, .. arguments]);
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        return new MeshProcess(Process.Start(start) ?? throw new UnreachableException());
    }

    public void Kill(EndCause cause)
    {
        if (Ended.IsCompleted)
            return;
        _endCause = cause;
        _process.Kill();
    }

    public void Pause()
    {
        if (!Ended.IsCompleted)
            Signals.Pause(_process.Id);
    }

    public void Continue()
    {
        if (!Ended.IsCompleted)
            Signals.Continue(_process.Id);
    }

    public void Dispose() => _process.Dispose();
}
