using System.Data;
using Dapper;
using Npgsql;

namespace DaprSocial.Load.Checking;

/// <summary>Reads the services' tables. The one place of the demo that knows them.</summary>
internal sealed class PostgresCommandStoreReader(string connectionString) : ICommandStoreReader
{
    private const string UsersSql = "select id, handle from users.user_account where handle is not null";

    // Visibility: 1 is public, 2 is followers.
    private const string PostsSql =
        """
        select id, author_id as AuthorId, text, reply_to as ReplyTo, parent_author_id as ParentAuthorId,
               visibility = 2 as FollowersOnly, deleted
          from posts.post
        """;

    private const string FollowsSql =
        "select follower_id as FollowerId, followee_id as FolloweeId from graph.follow where following";

    private const string BlocksSql =
        "select blocker_id as BlockerId, blocked_id as BlockedId from graph.user_block where blocking";

    private const string ReactionsSql =
        "select post_id as PostId, user_id as UserId from posts.reaction where liked";

    /// <exception cref="DemoException">The database does not answer, or not with these tables.</exception>
    public async Task<CommandStores> ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using var connection = new NpgsqlConnection(connectionString);
            await connection.OpenAsync(cancellationToken);
            // One snapshot for all.
            await using var transaction =
                await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken);
            return new CommandStores(
                await QueryAsync<StoredUser>(transaction, UsersSql, cancellationToken),
                await QueryAsync<StoredPost>(transaction, PostsSql, cancellationToken),
                await QueryAsync<StoredFollow>(transaction, FollowsSql, cancellationToken),
                await QueryAsync<StoredBlock>(transaction, BlocksSql, cancellationToken),
                await QueryAsync<StoredReaction>(transaction, ReactionsSql, cancellationToken));
        }
        catch (NpgsqlException exception)
        {
            throw new DemoException($"the command stores cannot be read: {exception.Message}", exception);
        }
    }

    private static async Task<IReadOnlyList<T>> QueryAsync<T>(
        NpgsqlTransaction transaction, string sql, CancellationToken cancellationToken)
    {
        var command = new CommandDefinition(sql, transaction: transaction, cancellationToken: cancellationToken);
        return [.. await transaction.Connection!.QueryAsync<T>(command)];
    }
}
