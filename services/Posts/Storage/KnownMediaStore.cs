using Dapper;
using DaprSocial.EventLog;
using DaprSocial.Hosting;
using DaprSocial.Media.V1;
using DaprSocial.Posts.Domain;
using Npgsql;

namespace DaprSocial.Posts.Storage;

/// <summary>What Posts knows of media: written from events, read by commands.</summary>
internal sealed class KnownMediaStore(ReadSource source)
{
    private const string ReadMany =
        "select media_id, owner_id, type, deleted, entity_version from known_media where media_id = any(@ids)";

    private const string CountMany = "select count(*) from known_media where media_id = any(@ids)";

    // A tombstone does not say what the medium was.
    private const string PutMany = """
        insert into known_media as k (media_id, owner_id, type, deleted, entity_version)
        select * from unnest(@ids, @owners, @types, @deleted, @versions)
            as c(media_id, owner_id, type, deleted, entity_version)
        order by media_id
        on conflict (media_id) do update
        set type = excluded.type, deleted = excluded.deleted, entity_version = excluded.entity_version
        where k.entity_version < excluded.entity_version
        """;

    /// <summary>Whether all of some media are known here, be it as deleted.</summary>
    public async Task<bool> AreKnownAsync(IReadOnlyCollection<MediaId> ids, CancellationToken cancellationToken)
    {
        await using var connection = await source.DataSource.OpenConnectionAsync(cancellationToken);
        var count = await connection.QuerySingleAsync<long>(new CommandDefinition(
            CountMany, new { ids = ids.Select(id => id.Value).ToArray() }, cancellationToken: cancellationToken));
        return count == ids.Count;
    }

    public static async Task<IReadOnlyDictionary<MediaId, KnownMedium>> ReadAsync(
        IReadOnlyCollection<MediaId> ids, CommandTransaction command, CancellationToken cancellationToken)
    {
        var rows = await command.ReadAsync<(Guid Id, Guid OwnerId, short Type, bool Deleted, long Version)>(
            ReadMany, new { ids = ids.Select(id => id.Value).ToArray() }, cancellationToken);
        return rows.ToDictionary(
            row => new MediaId(row.Id),
            row => new KnownMedium(
                new MediaId(row.Id), new UserId(row.OwnerId), (MediaType)row.Type, row.Deleted, row.Version));
    }

    public static Task PutAsync(
        IReadOnlyCollection<KnownMedium> media, NpgsqlConnection connection, NpgsqlTransaction transaction,
        CancellationToken cancellationToken)
    {
        var parameters = new
        {
            ids = media.Select(medium => medium.Id.Value).ToArray(),
            owners = media.Select(medium => medium.OwnerId.Value).ToArray(),
            types = media.Select(medium => (short)medium.Type).ToArray(),
            deleted = media.Select(medium => medium.IsDeleted).ToArray(),
            versions = media.Select(medium => medium.EntityVersion).ToArray(),
        };
        return connection.ExecuteAsync(
            new CommandDefinition(PutMany, parameters, transaction, cancellationToken: cancellationToken));
    }
}
