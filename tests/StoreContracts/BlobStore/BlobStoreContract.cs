using System.Security.Cryptography;
using DaprSocial.Media.Blobs;
using DaprSocial.Media.Domain;

namespace DaprSocial.StoreContracts.BlobStore;

/// <summary>What every store of blobs does. Each check has an id and says what it proves.</summary>
public abstract class BlobStoreContract : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("daprsocial-blobs-");

    /// <summary>For what an adapter keeps on this machine.</summary>
    private protected string Folder => _folder.FullName;

    private protected abstract IBlobStore Store { get; }

    /// <summary>B1: what was put is what is read, byte for byte.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(65_536)]
    [InlineData(5_000_001)]
    public async Task B01_Put_ThenOpen_IsTheSameBytes(int length)
    {
        var (hash, bytes) = await PutAsync(length);

        Assert.Equal(bytes, await ReadAsync(hash, 0, length));
    }

    /// <summary>B2: a range is read exactly, at both ends and in the middle.</summary>
    [Theory]
    [InlineData(0, 1)]
    [InlineData(9_999, 1)]
    [InlineData(1, 9_998)]
    [InlineData(4_000, 2_000)]
    public async Task B02_Open_Range_IsExactlyThose(int offset, int length)
    {
        var (hash, bytes) = await PutAsync(10_000);

        Assert.Equal(bytes[offset..(offset + length)], await ReadAsync(hash, offset, length));
    }

    /// <summary>B3: what is not there is nothing, and no error.</summary>
    [Fact]
    public async Task B03_Open_NothingThere_IsNull() =>
        Assert.Null(await Store.OpenAsync(NewHash(), 0, 1, CancellationToken.None));

    /// <summary>B4: putting the same bytes again changes nothing.</summary>
    [Fact]
    public async Task B04_Put_Twice_IsOneBlob()
    {
        var (hash, bytes) = await PutAsync(1000);

        await PutAsync(hash, bytes);

        Assert.Equal(bytes, await ReadAsync(hash, 0, 1000));
        Assert.Single(await ListAsync(), blob => blob.Hash == hash);
    }

    /// <summary>B5: a deleted blob is gone, and can be put again.</summary>
    [Fact]
    public async Task B05_Delete_IsGoneUntilPutAgain()
    {
        var (hash, bytes) = await PutAsync(1000);

        await Store.DeleteAsync(hash, CancellationToken.None);

        Assert.Null(await Store.OpenAsync(hash, 0, 1, CancellationToken.None));
        Assert.DoesNotContain(await ListAsync(), blob => blob.Hash == hash);
        await PutAsync(hash, bytes);
        Assert.Equal(bytes, await ReadAsync(hash, 0, 1000));
    }

    /// <summary>B6: deleting what is not there is no error.</summary>
    [Fact]
    public Task B06_Delete_NothingThere_IsNoError() => Store.DeleteAsync(NewHash(), CancellationToken.None);

    /// <summary>B7: a put that is given up leaves nothing to be seen.</summary>
    [Fact]
    public async Task B07_Put_Cancelled_LeavesNothing()
    {
        var (hash, path) = (NewHash(), Path.Combine(Folder, "cancelled"));
        await File.WriteAllBytesAsync(path, new byte[1000]);
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Store.PutAsync(hash, path, cancelled.Token));

        Assert.Null(await Store.OpenAsync(hash, 0, 1, CancellationToken.None));
        Assert.DoesNotContain(await ListAsync(), blob => blob.Hash == hash);
    }

    /// <summary>B8: a put whose source fails leaves nothing to be seen.</summary>
    [Fact]
    public async Task B08_Put_SourceMissing_LeavesNothing()
    {
        var hash = NewHash();

        await Assert.ThrowsAnyAsync<Exception>(
            () => Store.PutAsync(hash, Path.Combine(Folder, "missing"), CancellationToken.None));

        Assert.Null(await Store.OpenAsync(hash, 0, 1, CancellationToken.None));
        Assert.Equal(0, await Store.DeleteUnfinishedAsync(DateTimeOffset.MaxValue, CancellationToken.None));
    }

    /// <summary>B9: writers of the same blob at once all succeed, and nobody ever takes a part of it for all.</summary>
    [Fact]
    public async Task B09_Put_ConcurrentWriters_IsWholeForEveryReader()
    {
        var bytes = RandomNumberGenerator.GetBytes(1_000_000);
        var hash = HashOf(bytes);
        var writers = Enumerable.Range(0, 4).Select(_ => PutAsync(hash, bytes)).ToList();
        var writing = Task.WhenAll(writers);

        while (!writing.IsCompleted)
        {
            try
            {
                await using var stream = await Store.OpenAsync(hash, 0, bytes.Length, CancellationToken.None);
                if (stream is not null)
                    Assert.Equal(bytes, await ReadAsync(stream));
            }
            catch (Exception exception) when (IsOwnFault(exception))
            {
                // An error is allowed, as for B10.
            }
        }

        await writing;
        Assert.Equal(bytes, await ReadAsync(hash, 0, bytes.Length));
    }

    /// <summary>B10: who reads a blob while it is deleted gets all of it, or an error; never less.</summary>
    [Fact]
    public async Task B10_Delete_WhileRead_NeverGivesLess()
    {
        var (hash, bytes) = await PutAsync(2_000_000);
        await using var stream = await Store.OpenAsync(hash, 0, bytes.Length, CancellationToken.None);

        await Store.DeleteAsync(hash, CancellationToken.None);

        try
        {
            Assert.Equal(bytes, await ReadAsync(stream!));
        }
        catch (Exception exception) when (IsOwnFault(exception))
        {
            // An error is allowed: the reader knows then that something is missing.
        }
    }

    /// <summary>B11: the listing has every blob once, with its size and about the time when it was put.</summary>
    [Fact]
    public async Task B11_List_HasEveryBlobWithItsSize()
    {
        var before = TimeProvider.System.GetUtcNow().AddSeconds(-2);
        var put = new[] { await PutAsync(10), await PutAsync(20), await PutAsync(30) };

        var listed = (await ListAsync()).Where(blob => put.Any(one => one.Hash == blob.Hash)).ToList();

        Assert.Equal(
            put.Select(one => (one.Hash, (long)one.Bytes.Length)).OrderBy(one => one.Hash.Value),
            listed.Select(blob => (blob.Hash, blob.Size)).OrderBy(one => one.Hash.Value));
        var after = TimeProvider.System.GetUtcNow().AddSeconds(2);
        Assert.All(listed, blob => Assert.InRange(blob.WriteTime, before, after));
    }

    /// <summary>B12: a listing of more blobs than a page of any store has all of them.</summary>
    [Fact]
    public async Task B12_List_ManyBlobs_HasAll()
    {
        const int Count = 1_050;
        var put = new HashSet<BlobHash>();
        for (var number = 0; number < Count; number++)
            put.Add((await PutAsync(16)).Hash);

        Assert.Superset(put, (await ListAsync()).Select(blob => blob.Hash).ToHashSet());
    }

    /// <inheritdoc />
    public void Dispose()
    {
        Dispose(isDisposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Whether an error is one by which a store says that it has not all of a blob.</summary>
    private protected virtual bool IsOwnFault(Exception exception) => exception is EndOfStreamException;

    /// <summary>Ends what an adapter has open.</summary>
    protected virtual void Dispose(bool isDisposing) => _folder.Delete(recursive: true);

    private protected async Task<(BlobHash Hash, byte[] Bytes)> PutAsync(int length)
    {
        var bytes = RandomNumberGenerator.GetBytes(length);
        await PutAsync(HashOf(bytes), bytes);
        return (HashOf(bytes), bytes);
    }

    private async Task PutAsync(BlobHash hash, byte[] bytes)
    {
        var path = Path.Combine(Folder, Path.GetRandomFileName());
        await File.WriteAllBytesAsync(path, bytes);
        await Store.PutAsync(hash, path, CancellationToken.None);
        File.Delete(path);
    }

    private async Task<byte[]> ReadAsync(BlobHash hash, long offset, long length)
    {
        await using var stream = await Store.OpenAsync(hash, offset, length, CancellationToken.None);
        Assert.NotNull(stream);
        return await ReadAsync(stream);
    }

    private static async Task<byte[]> ReadAsync(Stream stream)
    {
        using var bytes = new MemoryStream();
        await stream.CopyToAsync(bytes);
        return bytes.ToArray();
    }

    private async Task<IReadOnlyList<StoredBlob>> ListAsync()
    {
        var blobs = new List<StoredBlob>();
        await foreach (var blob in Store.ListAsync(CancellationToken.None))
            blobs.Add(blob);
        return blobs;
    }

    private protected static BlobHash HashOf(byte[] bytes) =>
        BlobHash.Parse(Convert.ToHexStringLower(SHA256.HashData(bytes)));

    private static BlobHash NewHash() => HashOf(RandomNumberGenerator.GetBytes(32));
}
