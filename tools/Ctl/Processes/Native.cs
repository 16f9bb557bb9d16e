using System.Runtime.InteropServices;

namespace DaprSocial.Ctl.Processes;

/// <summary>The calls into libc that .NET has no equal of.</summary>
internal static partial class Native
{
    /// <returns>Whether the signal was delivered; false when the process is gone or not ours to signal.</returns>
    public static bool Send(int processId, Signal signal) => Kill(processId, (int)signal) == 0;

    /// <returns>The path without symbolic links, or the path itself when it cannot be resolved.</returns>
    public static unsafe string RealPath(string path)
    {
        var resolved = RealPath(path, 0);
        if (resolved == 0)
            return path;
        var text = Marshal.PtrToStringUTF8(resolved)!;
        NativeMemory.Free((void*)resolved);
        return text;
    }

    // Process.Kill can send nothing but SIGKILL.
    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int Kill(int processId, int signal);

    // File.ResolveLinkTarget resolves the last part of a path only.
    [LibraryImport("libc", EntryPoint = "realpath", StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint RealPath(string path, nint buffer);
}
