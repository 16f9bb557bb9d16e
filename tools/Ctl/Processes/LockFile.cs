using System.Diagnostics;

namespace DaprSocial.Ctl.Processes;

/// <summary>
/// An exclusive lock that the kernel drops when its holder ends, however it ends: a lock file left by a killed process
/// locks nobody out. .NET takes flock(2) for <see cref="FileShare.None"/>, so it also excludes flock(1) in scripts.
/// </summary>
internal sealed class LockFile : IDisposable
{
    private static readonly TimeSpan _pollInterval = TimeSpan.FromMilliseconds(50);

    private readonly FileStream _stream;

    private LockFile(FileStream stream) => _stream = stream;

    public static LockFile? TryTake(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        try
        {
            return new LockFile(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException e) when (e is not (DirectoryNotFoundException or PathTooLongException))
        {
            return null;
        }
    }

    /// <returns>Null when somebody still holds it after the timeout.</returns>
    public static async Task<LockFile?> TakeAsync(string path, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var watch = Stopwatch.StartNew();
        LockFile? taken;
        while ((taken = TryTake(path)) is null && watch.Elapsed < timeout)
            await Task.Delay(_pollInterval, cancellationToken);
        return taken;
    }

    public void Dispose() => _stream.Dispose();
}
