using System.Runtime.InteropServices;

namespace DaprSocial.Faults.Processes;

/// <summary>The signals that .NET has no call for, by their Linux numbers.</summary>
internal static partial class Signals
{
    private const int Cont = 18;
    private const int Stop = 19;

    public static void Pause(int processId) => _ = Kill(processId, Stop);

    public static void Continue(int processId) => _ = Kill(processId, Cont);

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int Kill(int processId, int signal);
}
