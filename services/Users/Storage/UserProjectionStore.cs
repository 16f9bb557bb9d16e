using Dapper;
using DaprSocial.Caching;
using DaprSocial.Projections;
using Npgsql;

namespace DaprSocial.Users.Storage;

/// <summary>Writes user views.</summary>
internal sealed class UserProjectionStore(VersionedCache cache) : IProjectionStore<UsersBatch>
{
    private const string PutUsers = """
        insert into user_view as v (id, handle, display_name, bio, create_time, update_time, entity_version)
        select * from unnest(@ids, @handles, @displayNames, @bios, @createTimes, @updateTimes, @versions)
            as c(id, handle, display_name, bio, create_time, update_time, entity_version)
        order by id
        on conflict (id) do update
        set handle = excluded.handle, display_name = excluded.display_name, bio = excluded.bio,
            update_time = excluded.update_time, entity_version = excluded.entity_version
        where v.entity_version < excluded.entity_version
        """;

    private const string DeleteUsers = "delete from user_view where id = any(@ids)";

    public async Task FlushAsync(
        UsersBatch batch, NpgsqlConnection connection, NpgsqlTransaction transaction,
        CancellationToken cancellationToken)
    {
        if (batch.Erased.Count > 0)
        {
            await connection.ExecuteAsync(new CommandDefinition(
                DeleteUsers, new { ids = batch.Erased.Keys.Select(user => user.Value).ToArray() }, transaction,
                cancellationToken: cancellationToken));
        }

        if (batch.Users.Count == 0)
            return;
        var parameters = new
        {
            ids = batch.Users.Select(user => user.Id.Value).ToArray(),
            handles = batch.Users.Select(user => user.Handle).ToArray(),
            displayNames = batch.Users.Select(user => user.DisplayName).ToArray(),
            bios = batch.Users.Select(user => user.Bio).ToArray(),
            createTimes = batch.Users.Select(user => user.CreateTime.UtcDateTime).ToArray(),
            updateTimes = batch.Users.Select(user => user.UpdateTime.UtcDateTime).ToArray(),
            versions = batch.Users.Select(user => user.EntityVersion).ToArray(),
        };
        await connection.ExecuteAsync(new CommandDefinition(
            PutUsers, parameters, transaction, cancellationToken: cancellationToken));
    }

    /// <summary>
    /// A profile that changed, or a user that is erased, must not be read from the cache as it was. Nobody has read a
    /// new one yet.
    /// </summary>
    public Task AnnounceAsync(UsersBatch batch, int version, CancellationToken cancellationToken)
    {
        var entries = batch.Users.Where(user => user.EntityVersion > 1)
            .ToDictionary(user => UserViewCache.KeyOf(user.Id, version), CachedUser.Encode);
        foreach (var (user, last) in batch.Erased)
            entries[UserViewCache.KeyOf(user, version)] = CacheEntry.Tombstone(last);
        return cache.PutAsync(entries, cancellationToken);
    }
}
