using Dapper;
using DaprSocial.Hosting;
using DaprSocial.Media.Domain;
using Npgsql;

namespace DaprSocial.Media.Blobs;

/// <summary>Brings bytes into the store and takes them out of it, by the rows that say who needs them.</summary>
/// <remarks>
/// Whoever is about to need a blob says so first, by a row that is committed; whoever removes one holds its row's lock,
/// sees that nobody does, and removes the bytes before letting go. So bytes that somebody needs are never removed, and
/// bytes that are in the store always have a row: a crash leaves at most some that nobody needs, which are found.
/// </remarks>
internal sealed class BlobKeeper(WriteSource source, IBlobStore store)
{
    private const string LockBlob = """
        insert into blob (hash, size) values (@hash, @size) on conflict (hash) do update set size = excluded.size
        """;

    private const string Hold =
        "insert into blob_hold (upload_id, hash) values (@upload, @hash) on conflict (upload_id, hash) do nothing";

    private const string LockOne = "select true from blob where hash = @hash for update";

    private const string IsNeeded = """
        select exists (select 1 from blob_use where hash = @hash) or exists (select 1 from blob_hold where hash = @hash)
        """;

    private const string DeleteOne = "delete from blob where hash = @hash";

    private const string ListNeedless = """
        select hash from blob b
        where not exists (select 1 from blob_use u where u.hash = b.hash)
            and not exists (select 1 from blob_hold h where h.hash = b.hash)
        limit @limit
        """;

    private const string ListKnown = "select hash from blob where hash = any(@hashes)";

    /// <summary>Keeps a file's bytes, for the medium that an upload is about to be.</summary>
    public async Task PutAsync(
        UploadId upload, BlobHash hash, long size, string path, CancellationToken cancellationToken)
    {
        await using (var connection = await source.DataSource.OpenConnectionAsync(cancellationToken))
        await using (var transaction = await connection.BeginTransactionAsync(cancellationToken))
        {
            // Waits for whoever is just removing the same bytes, or makes them wait and see.
            await ExecuteAsync(LockBlob, new { hash = hash.Value, size }, connection, transaction, cancellationToken);
            await ExecuteAsync(
                Hold, new { upload = upload.Value, hash = hash.Value }, connection, transaction, cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }

        await store.PutAsync(hash, path, cancellationToken);
    }

    /// <summary>Removes those of some blobs that nobody needs.</summary>
    /// <returns>How many that were.</returns>
    public async Task<int> CollectAsync(IReadOnlyList<BlobHash> hashes, CancellationToken cancellationToken)
    {
        var count = 0;
        foreach (var hash in hashes)
        {
            if (await TryRemoveAsync(hash, cancellationToken))
                count++;
        }

        return count;
    }

    /// <summary>Blobs that nobody needs, up to so many.</summary>
    public async Task<IReadOnlyList<BlobHash>> ListNeedlessAsync(int limit, CancellationToken cancellationToken)
    {
        await using var connection = await source.DataSource.OpenConnectionAsync(cancellationToken);
        var hashes = await connection.QueryAsync<string>(
            new CommandDefinition(ListNeedless, new { limit }, cancellationToken: cancellationToken));
        return [.. hashes.Select(BlobHash.Parse)];
    }

    /// <summary>
    /// Removes blobs that were put into the store before some time and have no row, as after a restore.
    /// </summary>
    public async Task<int> CollectUnknownAsync(
        IReadOnlyList<StoredBlob> stored, DateTimeOffset before, CancellationToken cancellationToken)
    {
        var old = stored.Where(blob => blob.WriteTime < before).Select(blob => blob.Hash.Value).ToArray();
        await using var connection = await source.DataSource.OpenConnectionAsync(cancellationToken);
        var known = await connection.QueryAsync<string>(
            new CommandDefinition(ListKnown, new { hashes = old }, cancellationToken: cancellationToken));
        var unknown = old.Except(known).Select(BlobHash.Parse).ToList();
        foreach (var hash in unknown)
        {
            // With a row of its own it is removed as any other, safe from who puts the same bytes just now.
            await connection.ExecuteAsync(new CommandDefinition(
                LockBlob, new { hash = hash.Value, size = 0L }, cancellationToken: cancellationToken));
        }

        return await CollectAsync(unknown, cancellationToken);
    }

    private async Task<bool> TryRemoveAsync(BlobHash hash, CancellationToken cancellationToken)
    {
        await using var connection = await source.DataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var parameters = new { hash = hash.Value };
        var isThere = await FindAsync(LockOne, parameters, connection, transaction, cancellationToken);
        // A statement of its own, which sees what was committed while the lock was waited for.
        if (!isThere || await FindAsync(IsNeeded, parameters, connection, transaction, cancellationToken))
            return false;
        await store.DeleteAsync(hash, cancellationToken);
        await ExecuteAsync(DeleteOne, parameters, connection, transaction, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return true;
    }

    private static Task<bool> FindAsync(
        string sql, object parameters, NpgsqlConnection connection, NpgsqlTransaction transaction,
        CancellationToken cancellationToken) =>
        connection.QuerySingleOrDefaultAsync<bool>(
            new CommandDefinition(sql, parameters, transaction, cancellationToken: cancellationToken));

    private static Task<int> ExecuteAsync(
        string sql, object parameters, NpgsqlConnection connection, NpgsqlTransaction transaction,
        CancellationToken cancellationToken) =>
        connection.ExecuteAsync(
            new CommandDefinition(sql, parameters, transaction, cancellationToken: cancellationToken));
}
