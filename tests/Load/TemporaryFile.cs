namespace DaprSocial.Load.Tests;

/// <summary>A file that lives as long as a test.</summary>
internal sealed class TemporaryFile : IDisposable
{
    public TemporaryFile(string content)
        : this(System.Text.Encoding.UTF8.GetBytes(content))
    {
    }

    public TemporaryFile(byte[] content)
    {
        Path = System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"load-{Guid.NewGuid():N}.txt");
        File.WriteAllBytes(Path, content);
    }

    public string Path { get; }

    public void Dispose() => File.Delete(Path);
}
