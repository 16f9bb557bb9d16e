using Dapper;
using DaprSocial.EventLog;
using DaprSocial.Hosting;
using DaprSocial.Media.Domain;

namespace DaprSocial.Media.Storage;

/// <summary>How far uploads are. Their bytes are in files; what is here never says more than those hold.</summary>
internal sealed class UploadStore(WriteSource source)
{
    private const string Columns =
        "id, owner_id, size, content_type, received, media_id, busy_until, expire_time";

    private const string FindOne =
        $"select {Columns} from upload where id = @id and owner_id = @owner and expire_time > @now";

    private const string LockOne = $"{FindOne} for update";

    private const string CountOpen = """
        select count(*), coalesce(sum(size), 0)::bigint from upload
        where owner_id = @owner and media_id is null and expire_time > @now
        """;

    private const string InsertOne = """
        insert into upload (id, owner_id, size, content_type, expire_time)
        values (@id, @owner, @size, @contentType, @expire)
        """;

    private const string SetReceived = "update upload set received = @received where id = @id";

    private const string Claim = """
        update upload set busy_until = @until
        where id = @id and owner_id = @owner and expire_time > @now and media_id is null and received = size
            and (busy_until is null or busy_until <= @now)
        returning true
        """;

    private const string Release = "update upload set busy_until = null where id = @id";

    private const string SetMedia = "update upload set media_id = @media, busy_until = null where id = @id";

    private const string DropHolds = "delete from blob_hold where upload_id = @id";

    private const string DeleteOne = "delete from upload where id = @id and media_id is null";

    private const string DeleteOfOwner = "delete from upload where owner_id = @owner returning id";

    private const string DeleteExpired = """
        delete from upload where id in (
            select id from upload where expire_time <= @now order by expire_time limit @limit for update skip locked)
        returning id
        """;

    private const string ListOpen = "select id from upload where id = any(@ids) and media_id is null";

    public async Task<Upload?> FindAsync(
        UploadId id, UserId owner, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var connection = await source.DataSource.OpenConnectionAsync(cancellationToken);
        var row = await connection.QuerySingleOrDefaultAsync<UploadRow>(new CommandDefinition(
            FindOne, new { id = id.Value, owner = owner.Value, now = now.UtcDateTime },
            cancellationToken: cancellationToken));
        return row?.ToUpload();
    }

    /// <returns>The upload, and whether somebody is finishing it just now; null when there is none.</returns>
    public static async Task<(Upload Upload, bool IsBusy)?> LockAsync(
        UploadId id, UserId owner, CommandTransaction command, CancellationToken cancellationToken)
    {
        var row = await command.FindAsync<UploadRow>(
            LockOne, new { id = id.Value, owner = owner.Value, now = command.Now.UtcDateTime }, cancellationToken);
        return row is null ? null : (row.ToUpload(), row.BusyUntil > command.Now.UtcDateTime);
    }

    /// <summary>What a user has under way.</summary>
    public static Task<(long Count, long Bytes)> CountOpenAsync(
        UserId owner, CommandTransaction command, CancellationToken cancellationToken) =>
        command.FindAsync<(long, long)>(
            CountOpen, new { owner = owner.Value, now = command.Now.UtcDateTime }, cancellationToken);

    public static Task InsertAsync(Upload upload, CommandTransaction command, CancellationToken cancellationToken)
    {
        var parameters = new
        {
            id = upload.Id.Value, owner = upload.OwnerId.Value, size = upload.Size, contentType = upload.ContentType,
            expire = upload.ExpireTime.UtcDateTime,
        };
        return command.ExecuteAsync(InsertOne, parameters, cancellationToken);
    }

    public static Task SetReceivedAsync(
        UploadId id, long received, CommandTransaction command, CancellationToken cancellationToken) =>
        command.ExecuteAsync(SetReceived, new { id = id.Value, received }, cancellationToken);

    /// <summary>The same outside of a command, for the call whose upload it is and nobody else's.</summary>
    public Task SetReceivedAsync(UploadId id, long received, CancellationToken cancellationToken) =>
        ExecuteAsync(SetReceived, new { id = id.Value, received }, cancellationToken);

    /// <summary>Takes an upload that is complete, to finish it.</summary>
    /// <returns>False when it is not complete, or somebody else has it.</returns>
    public async Task<bool> TryClaimAsync(
        UploadId id, UserId owner, DateTimeOffset now, DateTimeOffset until, CancellationToken cancellationToken)
    {
        await using var connection = await source.DataSource.OpenConnectionAsync(cancellationToken);
        var parameters = new
        {
            id = id.Value, owner = owner.Value, now = now.UtcDateTime, until = until.UtcDateTime,
        };
        return await connection.QuerySingleOrDefaultAsync<bool>(
            new CommandDefinition(Claim, parameters, cancellationToken: cancellationToken));
    }

    public Task ReleaseAsync(UploadId id, CancellationToken cancellationToken) =>
        ExecuteAsync(Release, new { id = id.Value }, cancellationToken);

    /// <summary>Ends an upload: what it held, its medium uses now.</summary>
    public static async Task SetMediaAsync(
        UploadId id, MediaId media, CommandTransaction command, CancellationToken cancellationToken)
    {
        await command.ExecuteAsync(SetMedia, new { id = id.Value, media = media.Value }, cancellationToken);
        await command.ExecuteAsync(DropHolds, new { id = id.Value }, cancellationToken);
    }

    /// <summary>Forgets an upload that became nothing.</summary>
    public Task DeleteAsync(UploadId id, CancellationToken cancellationToken) =>
        ExecuteAsync(DeleteOne, new { id = id.Value }, cancellationToken);

    /// <summary>Forgets all of a user.</summary>
    public static async Task<IReadOnlyList<UploadId>> DeleteAllAsync(
        UserId owner, CommandTransaction command, CancellationToken cancellationToken)
    {
        var ids = await command.ReadAsync<Guid>(DeleteOfOwner, new { owner = owner.Value }, cancellationToken);
        return [.. ids.Select(id => new UploadId(id))];
    }

    /// <summary>Forgets some that have expired.</summary>
    public async Task<int> DeleteExpiredAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken)
    {
        await using var connection = await source.DataSource.OpenConnectionAsync(cancellationToken);
        var ids = await connection.QueryAsync<Guid>(new CommandDefinition(
            DeleteExpired, new { now = now.UtcDateTime, limit }, cancellationToken: cancellationToken));
        return ids.Count();
    }

    /// <summary>Of some uploads those that are under way.</summary>
    public async Task<IReadOnlySet<UploadId>> ListOpenAsync(
        IReadOnlyCollection<UploadId> ids, CancellationToken cancellationToken)
    {
        await using var connection = await source.DataSource.OpenConnectionAsync(cancellationToken);
        var open = await connection.QueryAsync<Guid>(new CommandDefinition(
            ListOpen, new { ids = ids.Select(id => id.Value).ToArray() }, cancellationToken: cancellationToken));
        return open.Select(id => new UploadId(id)).ToHashSet();
    }

    private async Task ExecuteAsync(string sql, object parameters, CancellationToken cancellationToken)
    {
        await using var connection = await source.DataSource.OpenConnectionAsync(cancellationToken);
        await connection.ExecuteAsync(new CommandDefinition(sql, parameters, cancellationToken: cancellationToken));
    }
}
