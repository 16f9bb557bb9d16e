namespace DaprSocial.Ctl.Testing;

/// <summary>
/// The folder of a test run's stores, which nobody needs afterwards: in memory where the machine has room for it. A
/// database for each test is a thousand files that are made and removed; on ext4, whose search for a free inode passes
/// over those removed in the last seconds, that cost PostgreSQL three times the CPU.
/// </summary>
internal sealed class TestFolder(string path) : IDisposable
{
    private const string Memory = "/dev/shm";
    private const long MemorySizeMin = 4L << 30;

    public string Path => path;

    /// <summary>The same for every run with the same data, so that it finds what a killed one left.</summary>
    public static TestFolder Of(string dataDirectory) => new(HasMemory()
        ? System.IO.Path.Combine(Memory, $"daprsocial-test-{ShortHash.Of(dataDirectory)}")
        : System.IO.Path.Combine(dataDirectory, "test", "stores"));

    public void Clear()
    {
        if (Directory.Exists(path))
            Directory.Delete(path, recursive: true);
    }

    public void Dispose() => Clear();

    // By its size, which stays, and not by what is free of it: the next run must come to the same.
    private static bool HasMemory() =>
        Directory.Exists(Memory) && new DriveInfo(Memory) is { DriveFormat: "tmpfs", TotalSize: >= MemorySizeMin };
}
