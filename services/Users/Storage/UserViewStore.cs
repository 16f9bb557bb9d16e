using Dapper;
using DaprSocial.Hosting;
using User = DaprSocial.Users.Domain.User;

namespace DaprSocial.Users.Storage;

/// <summary>Reads the projection, for queries.</summary>
internal sealed class UserViewStore(ReadSource source)
{
    private const string Columns = "id, handle, display_name, bio, create_time, update_time, entity_version";
    private const string ReadByIds = $"select {Columns} from user_view where id = any(@ids)";
    private const string ReadByHandle = $"select {Columns} from user_view where handle = @handle";

    public Task<IReadOnlyList<User>> ReadAsync(IReadOnlyCollection<UserId> ids, CancellationToken cancellationToken) =>
        QueryAsync(ReadByIds, new { ids = ids.Select(id => id.Value).ToArray() }, cancellationToken);

    public Task<IReadOnlyList<User>> ReadByHandleAsync(string handle, CancellationToken cancellationToken) =>
        QueryAsync(ReadByHandle, new { handle }, cancellationToken);

    private async Task<IReadOnlyList<User>> QueryAsync(
        string sql, object parameters, CancellationToken cancellationToken)
    {
        await using var connection = await source.DataSource.OpenConnectionAsync(cancellationToken);
        var rows = await connection.QueryAsync<UserRow>(
            new CommandDefinition(sql, parameters, cancellationToken: cancellationToken));
        return [.. rows.Select(row => row.ToUser())];
    }
}
