using Dapper;
using DaprSocial.Projections;
using Npgsql;

namespace DaprSocial.Media.Storage;

/// <summary>Writes media views.</summary>
internal sealed class MediaProjectionStore : IProjectionStore<MediaBatch>
{
    private const string PutMedia = """
        insert into media_view as v (
            media_id, owner_id, type, duration_ms, blurhash, variants, deleted, entity_version)
        select * from unnest(@ids, @owners, @types, @durations, @blurhashes, @variants, @deleted, @versions)
            as c(media_id, owner_id, type, duration_ms, blurhash, variants, deleted, entity_version)
        order by media_id
        on conflict (media_id) do update
        set type = excluded.type, duration_ms = excluded.duration_ms, blurhash = excluded.blurhash,
            variants = excluded.variants, deleted = excluded.deleted, entity_version = excluded.entity_version
        where v.entity_version < excluded.entity_version
        """;

    public async Task FlushAsync(
        MediaBatch batch, NpgsqlConnection connection, NpgsqlTransaction transaction,
        CancellationToken cancellationToken)
    {
        if (batch.Media.Count == 0)
            return;
        var parameters = new
        {
            ids = batch.Media.Select(medium => medium.Id.Value).ToArray(),
            owners = batch.Media.Select(medium => medium.OwnerId.Value).ToArray(),
            types = batch.Media.Select(medium => (short)medium.Type).ToArray(),
            durations = batch.Media.Select(medium => medium.DurationMs).ToArray(),
            blurhashes = batch.Media.Select(medium => medium.Blurhash).ToArray(),
            variants = batch.Media.Select(medium => VariantText.Encode(medium.Variants)).ToArray(),
            deleted = batch.Media.Select(medium => medium.IsDeleted).ToArray(),
            versions = batch.Media.Select(medium => medium.EntityVersion).ToArray(),
        };
        await connection.ExecuteAsync(new CommandDefinition(
            PutMedia, parameters, transaction, cancellationToken: cancellationToken));
    }
}
