using DaprSocial.Media.Blobs;

namespace DaprSocial.StoreContracts.BlobStore;

public sealed class DirectoryBlobStoreTests : BlobStoreContract
{
    private readonly DirectoryBlobStore _store;

    public DirectoryBlobStoreTests() => _store = new DirectoryBlobStore(Path.Combine(Folder, "blobs"));

    private protected override IBlobStore Store => _store;

    [Fact]
    public async Task DeleteUnfinished_OldParts_GoAndBlobsStay()
    {
        var now = TimeProvider.System.GetUtcNow();
        var (hash, _) = await PutAsync(10);
        var part = Path.Combine(Folder, "blobs", "ab.part");
        await File.WriteAllTextAsync(part, "a half");

        Assert.Equal(0, await Store.DeleteUnfinishedAsync(now.AddHours(-1), CancellationToken.None));
        Assert.Equal(1, await Store.DeleteUnfinishedAsync(now.AddHours(1), CancellationToken.None));

        Assert.False(File.Exists(part));
        await using var stream = await Store.OpenAsync(hash, 0, 1, CancellationToken.None);
        Assert.NotNull(stream);
    }

    [Fact]
    public async Task Put_FoldersByHash_KeepFoldersSmall()
    {
        var (hash, _) = await PutAsync(10);

        Assert.True(File.Exists(Path.Combine(Folder, "blobs", hash.Value[..2], hash.Value[2..4], hash.Value)));
    }
}
