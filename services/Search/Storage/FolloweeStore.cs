using Dapper;
using DaprSocial.Hosting;

namespace DaprSocial.Search.Storage;

/// <summary>Reads whom a user follows: at most 5,000, as Graph sees to.</summary>
internal sealed class FolloweeStore(ReadSource source)
{
    private const string ReadFollowees =
        "select followee_id from follow_edge where follower_id = @follower and following";

    public async Task<IReadOnlyCollection<UserId>> ReadAsync(UserId follower, CancellationToken cancellationToken)
    {
        await using var connection = await source.DataSource.OpenConnectionAsync(cancellationToken);
        var rows = await connection.QueryAsync<Guid>(new CommandDefinition(
            ReadFollowees, new { follower = follower.Value }, cancellationToken: cancellationToken));
        return [.. rows.Select(id => new UserId(id))];
    }
}
