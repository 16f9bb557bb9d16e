using Dapper;
using DaprSocial.Projections;
using DaprSocial.Search.Index;
using Npgsql;

namespace DaprSocial.Search.Storage;

/// <summary>Writes what searches are answered from: the index, and who follows whom.</summary>
internal sealed class SearchProjectionStore(ISearchIndexWriter index) : IProjectionStore<SearchBatch>
{
    private const string PutFollows = """
        insert into follow_edge as e (follower_id, followee_id, following, entity_version)
        select * from unnest(@followers, @followees, @following, @versions)
            as c(follower_id, followee_id, following, entity_version)
        order by follower_id, followee_id
        on conflict (follower_id, followee_id) do update
        set following = excluded.following, entity_version = excluded.entity_version
        where e.entity_version < excluded.entity_version
        """;

    public async Task FlushAsync(
        SearchBatch batch, NpgsqlConnection connection, NpgsqlTransaction transaction,
        CancellationToken cancellationToken)
    {
        if (batch.Posts.Count > 0 || batch.Users.Count > 0)
            await index.PutAsync(batch.Posts, batch.Users, transaction, cancellationToken);
        if (batch.Follows.Count == 0)
            return;
        var parameters = new
        {
            followers = batch.Follows.Select(follow => follow.FollowerId.Value).ToArray(),
            followees = batch.Follows.Select(follow => follow.FolloweeId.Value).ToArray(),
            following = batch.Follows.Select(follow => follow.IsFollowing).ToArray(),
            versions = batch.Follows.Select(follow => follow.EntityVersion).ToArray(),
        };
        await connection.ExecuteAsync(new CommandDefinition(
            PutFollows, parameters, transaction, cancellationToken: cancellationToken));
    }
}
