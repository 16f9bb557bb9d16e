using DaprSocial.EventLog;
using DaprSocial.Media.Domain;

namespace DaprSocial.Media.Storage;

/// <summary>The command side's table of media, with the rows that say which blobs they need.</summary>
internal static class MediaStore
{
    private const string Columns = "id, owner_id, type, duration_ms, blurhash, variants, deleted, entity_version";

    private const string LockOne = $"select {Columns} from media where id = @id for update";

    private const string InsertOne = $"""
        insert into media ({Columns}) values (@id, @owner, @type, @duration, @blurhash, @variants, false, 1)
        """;

    private const string InsertUses = """
        insert into blob_use (media_id, variant, hash)
        select @id, variant, hash from unnest(@kinds, @hashes) as c(variant, hash)
        """;

    private const string DeleteMany = """
        update media m
        set type = 0, duration_ms = 0, blurhash = '', variants = '', deleted = true,
            entity_version = m.entity_version + 1
        where m.id = any(@ids) and not m.deleted
        returning m.id, m.entity_version
        """;

    private const string DeleteUses = "delete from blob_use where media_id = any(@ids) returning hash";

    private const string LockSome =
        "select id from media where owner_id = @owner and not deleted order by id limit @limit for update";

    public static async Task<Medium?> LockAsync(
        MediaId id, CommandTransaction command, CancellationToken cancellationToken) =>
        (await command.FindAsync<MediumRow>(LockOne, new { id = id.Value }, cancellationToken))?.ToMedium();

    public static async Task InsertAsync(
        Medium medium, CommandTransaction command, CancellationToken cancellationToken)
    {
        var row = new
        {
            id = medium.Id.Value, owner = medium.OwnerId.Value, type = (short)medium.Type,
            duration = medium.DurationMs, blurhash = medium.Blurhash, variants = VariantText.Encode(medium.Variants),
        };
        await command.ExecuteAsync(InsertOne, row, cancellationToken);
        var uses = new
        {
            id = medium.Id.Value, kinds = medium.Variants.Select(one => (short)one.Variant).ToArray(),
            hashes = medium.Variants.Select(one => one.Hash.Value).ToArray(),
        };
        await command.ExecuteAsync(InsertUses, uses, cancellationToken);
    }

    /// <summary>Locks up to so many live media of a user.</summary>
    public static async Task<IReadOnlyList<MediaId>> LockSomeAsync(
        UserId owner, int limit, CommandTransaction command, CancellationToken cancellationToken)
    {
        var ids = await command.ReadAsync<Guid>(LockSome, new { owner = owner.Value, limit }, cancellationToken);
        return [.. ids.Select(id => new MediaId(id))];
    }

    /// <summary>Makes tombstones of media.</summary>
    /// <returns>Each with its new version, in the order of their ids; and blobs that they needed.</returns>
    public static async Task<(IReadOnlyList<(MediaId Id, long Version)> Deleted, IReadOnlyList<BlobHash> Blobs)>
        DeleteAsync(
            IReadOnlyList<MediaId> media, CommandTransaction command, CancellationToken cancellationToken)
    {
        var parameters = new { ids = media.Select(id => id.Value).ToArray() };
        var rows = await command.ReadAsync<(Guid Id, long Version)>(DeleteMany, parameters, cancellationToken);
        var hashes = await command.ReadAsync<string>(DeleteUses, parameters, cancellationToken);
        return (
            [.. rows.OrderBy(row => row.Id).Select(row => (new MediaId(row.Id), row.Version))],
            [.. hashes.Distinct().Select(BlobHash.Parse)]);
    }
}
