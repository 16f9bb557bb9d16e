using System.Globalization;

namespace DaprSocial.Ctl.Processes;

/// <summary>What /proc tells about processes. Each may vanish, or be another user's, between two reads.</summary>
internal static class ProcFs
{
    public static IEnumerable<int> ProcessIds()
    {
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var pid))
                yield return pid;
        }
    }

    /// <returns>The arguments, the program first; empty for kernel threads and processes that are gone.</returns>
    public static IReadOnlyList<string> CommandLine(int pid) =>
        ReadText($"/proc/{pid}/cmdline") is { Length: > 0 } text ? text.TrimEnd('\0').Split('\0') : [];

    /// <returns>Null when the process is gone or the system does not let us see.</returns>
    public static string? WorkingDirectory(int pid) => LinkTarget($"/proc/{pid}/cwd");

    public static string? LinkTarget(string path)
    {
        try
        {
            return new FileInfo(path).LinkTarget;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    public static string? ReadText(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
