using Microsoft.Extensions.Options;

namespace DaprSocial.Media.Uploads;

/// <summary>
/// The bytes of uploads: a file each, and a folder while one is being finished. Both bear the upload's id, so that what
/// has none is known to be left over.
/// </summary>
internal sealed class UploadFiles(IOptions<MediaOptions> options)
{
    private readonly string _directory = Path.Combine(Path.GetFullPath(options.Value.Directory), "uploads");

    public string PathOf(UploadId id) => Path.Combine(_directory, $"{id}.bytes");

    /// <summary>Writes bytes behind so many that are there, forced to disk. What was behind them is gone.</summary>
    public async Task WriteAsync(
        UploadId id, long offset, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        await using var file = OpenToWrite(id, offset);
        await file.WriteAsync(bytes, cancellationToken);
        file.Flush(flushToDisk: true);
    }

    /// <summary>Opens an upload to write behind so many bytes. The caller forces to disk what it needs there.</summary>
    public FileStream OpenToWrite(UploadId id, long offset)
    {
        Directory.CreateDirectory(_directory);
        var file = new FileStream(PathOf(id), FileMode.OpenOrCreate, FileAccess.Write, FileShare.Read);
        file.SetLength(offset);
        file.Position = offset;
        return file;
    }

    /// <summary>Whether the same bytes stand there already.</summary>
    public async Task<bool> HasAsync(
        UploadId id, long offset, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        await using var file = File.OpenRead(PathOf(id));
        file.Position = offset;
        var there = new byte[bytes.Length];
        var count = await file.ReadAtLeastAsync(there, there.Length, throwOnEndOfStream: false, cancellationToken);
        return count == bytes.Length && bytes.Span.SequenceEqual(there);
    }

    /// <summary>Makes an empty folder to work in, for the upload alone.</summary>
    public string CreateFolder(UploadId id)
    {
        var folder = Path.Combine(_directory, $"{id}.{Path.GetRandomFileName()}");
        Directory.CreateDirectory(folder);
        return folder;
    }

    public void Delete(UploadId id)
    {
        if (Directory.Exists(_directory))
            File.Delete(PathOf(id));
    }

    /// <summary>Everything that is there, by the upload whose it is.</summary>
    public IReadOnlyList<(UploadId Id, FileSystemInfo Entry)> List() => !Directory.Exists(_directory)
        ? []
        :
        [
            .. new DirectoryInfo(_directory).EnumerateFileSystemInfos()
                .Where(entry => UploadId.TryParse(entry.Name.Split('.')[0], out _))
                .Select(entry => (UploadId.TryParse(entry.Name.Split('.')[0], out var id) ? id : default, entry)),
        ];

    public static void Delete(FileSystemInfo entry)
    {
        if (entry is DirectoryInfo folder)
            folder.Delete(recursive: true);
        else
            entry.Delete();
    }
}
