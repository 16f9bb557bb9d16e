using System.Runtime.CompilerServices;
using DaprSocial.Media.Domain;

namespace DaprSocial.Media.Blobs;

/// <summary>Blobs as files, in folders by the first four digits of their hashes.</summary>
/// <remarks>
/// A blob is written to a file of another name, forced to disk, and renamed: nobody ever sees a part of it.
/// </remarks>
internal sealed class DirectoryBlobStore(string directory) : IBlobStore
{
    private const string UnfinishedEnding = ".part";
    private const int BufferBytes = 128 * 1024;

    public async Task PutAsync(BlobHash hash, string path, CancellationToken cancellationToken)
    {
        var target = PathOf(hash);
        if (File.Exists(target))
            return;
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        var unfinished = $"{target}.{Path.GetRandomFileName()}{UnfinishedEnding}";
        try
        {
            await using (var source = File.OpenRead(path))
            await using (var file = new FileStream(unfinished, FileMode.CreateNew, FileAccess.Write, FileShare.None))
            {
                await source.CopyToAsync(file, BufferBytes, cancellationToken);
                file.Flush(flushToDisk: true);
            }

            File.Move(unfinished, target, overwrite: true);
        }
        finally
        {
            File.Delete(unfinished);
        }
    }

    public Task<Stream?> OpenAsync(BlobHash hash, long offset, long length, CancellationToken cancellationToken)
    {
        try
        {
#pragma warning disable CA2000 // The stream that is returned closes it.
            var file = new FileStream(PathOf(hash), new FileStreamOptions
            {
                Options = FileOptions.Asynchronous, Share = FileShare.Read | FileShare.Delete,
            });
#pragma warning restore CA2000
            file.Position = offset;
            return Task.FromResult<Stream?>(new PartialStream(file, length));
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return Task.FromResult<Stream?>(null);
        }
    }

    public Task DeleteAsync(BlobHash hash, CancellationToken cancellationToken)
    {
        try
        {
            File.Delete(PathOf(hash));
        }
        catch (DirectoryNotFoundException)
        {
            // Not one blob of that folder was ever there.
        }

        return Task.CompletedTask;
    }

    public async IAsyncEnumerable<StoredBlob> ListAsync(
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var file in Files("*"))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!BlobHash.TryParse(file.Name, out var hash) || !file.Exists)
                continue;
            yield return new StoredBlob(hash, file.Length, file.LastWriteTimeUtc);
            await Task.Yield();
        }
    }

    public Task<int> DeleteUnfinishedAsync(DateTimeOffset before, CancellationToken cancellationToken)
    {
        var old = Files($"*{UnfinishedEnding}").Where(file => file.LastWriteTimeUtc < before.UtcDateTime).ToList();
        foreach (var file in old)
        {
            cancellationToken.ThrowIfCancellationRequested();
            file.Delete();
        }

        return Task.FromResult(old.Count);
    }

    private IEnumerable<FileInfo> Files(string pattern) => Directory.Exists(directory)
        ? new DirectoryInfo(directory).EnumerateFiles(pattern, SearchOption.AllDirectories)
        : [];

    private string PathOf(BlobHash hash) => Path.Combine(directory, hash.Value[..2], hash.Value[2..4], hash.Value);
}
