using DaprSocial.Ctl.Processes;

namespace DaprSocial.Ctl.Stores;

/// <summary>The log that a server appends to through its standard output.</summary>
internal static class ServerLog
{
    private const int TailLineCount = 15;

    /// <summary>Keeps the log of the run before, so that logs do not grow for ever.</summary>
    public static void Rotate(string path)
    {
        if (File.Exists(path))
            File.Move(path, path + ".1", overwrite: true);
    }

    public static string Tail(string path) =>
        string.Join('\n', (ProcFs.ReadText(path) ?? "(no log)").TrimEnd().Split('\n').TakeLast(TailLineCount));
}
