using Dapper;
using DaprSocial.Hosting;
using DaprSocial.Media.Domain;
using DaprSocial.Media.V1;

namespace DaprSocial.Media.Storage;

/// <summary>Reads media, for queries.</summary>
/// <remarks>
/// Which bytes are served the command side's rows say, and not the projection: what is deleted is gone at once, and
/// what was answered for can be had.
/// </remarks>
internal sealed class MediaViewStore(ReadSource source)
{
    private const string Columns = "type, duration_ms, blurhash, variants, deleted, entity_version";

    // A medium without a view yet is as its command left it: a post can name it before this service's own projection.
    private const string ReadMany = $"""
        select media_id as id, owner_id, {Columns} from media_view where media_id = any(@ids)
        union all
        select id, owner_id, {Columns} from media m
        where id = any(@ids) and not exists (select 1 from media_view v where v.media_id = m.id)
        """;

    private const string ReadOne = $"select id, owner_id, {Columns} from media where id = @id and not deleted";

    // Several media may have the same original; their variants are the same, too.
    private const string FindBlob = """
        select wanted.hash, b.size, case when wanted.variant = @original then m.type else @webp end as type
        from blob_use o
        join blob_use wanted on wanted.media_id = o.media_id and wanted.variant = @variant
        join media m on m.id = o.media_id
        join blob b on b.hash = wanted.hash
        where o.hash = @hash and o.variant = @original
        limit 1
        """;

    /// <summary>Reads media, tombstones among them, in no particular order.</summary>
    public async Task<IReadOnlyList<Medium>> ReadAsync(
        IReadOnlyCollection<MediaId> ids, CancellationToken cancellationToken)
    {
        await using var connection = await source.DataSource.OpenConnectionAsync(cancellationToken);
        var rows = await connection.QueryAsync<MediumRow>(new CommandDefinition(
            ReadMany, new { ids = ids.Select(id => id.Value).ToArray() }, cancellationToken: cancellationToken));
        return [.. rows.Select(row => row.ToMedium())];
    }

    /// <returns>As the last command left it; null when it is not there, or deleted.</returns>
    public async Task<Medium?> FindLiveAsync(MediaId id, CancellationToken cancellationToken)
    {
        await using var connection = await source.DataSource.OpenConnectionAsync(cancellationToken);
        var row = await connection.QuerySingleOrDefaultAsync<MediumRow>(new CommandDefinition(
            ReadOne, new { id = id.Value }, cancellationToken: cancellationToken));
        return row?.ToMedium();
    }

    /// <param name="original">Hash of a medium's original.</param>
    /// <param name="variant">Which form of it.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Null when no live medium has it.</returns>
    public async Task<ServedBlob?> FindBlobAsync(
        BlobHash original, Variant variant, CancellationToken cancellationToken)
    {
        await using var connection = await source.DataSource.OpenConnectionAsync(cancellationToken);
        var parameters = new
        {
            hash = original.Value, variant = (short)variant, original = (short)Variant.Original,
            webp = (short)MediaType.Webp,
        };
        var (hash, size, type) = await connection.QuerySingleOrDefaultAsync<(string?, long, short)>(
            new CommandDefinition(FindBlob, parameters, cancellationToken: cancellationToken));
        return hash is null ? null : new ServedBlob(BlobHash.Parse(hash), size, (MediaType)type);
    }
}
