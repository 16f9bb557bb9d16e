using System.Data;
using Dapper;
using DaprSocial.Load.Checking;
using Npgsql;

namespace DaprSocial.Verify.Answers;

/// <summary>Reads as much of the command stores as the home timelines of some users are made of.</summary>
internal sealed class SampledStoreReader(NpgsqlDataSource source, int userCount, long seed) : ICommandStoreReader
{
    private const string PickUsers = """
        select id from users.user_account where handle is not null
        order by hashtextextended(id::text, @seed) limit @userCount
        """;

    private const string ReadFollows = """
        select follower_id as FollowerId, followee_id as FolloweeId from graph.follow
        where following and follower_id = any(@readers)
        """;

    private const string ReadBlocks = """
        select blocker_id as BlockerId, blocked_id as BlockedId from graph.user_block
        where blocking and (blocker_id = any(@readers) or blocked_id = any(@readers))
        """;

    private const string ReadUsers =
        "select id, handle from users.user_account where id = any(@authors) and handle is not null";

    // Replies too: hydrated posts carry their number.
    private const string ReadPosts = """
        select p.id, p.author_id as AuthorId, p.text, p.reply_to as ReplyTo, p.parent_author_id as ParentAuthorId,
            p.visibility = 2 as FollowersOnly, p.deleted
        from posts.post p
        where p.author_id = any(@authors)
            or p.reply_to in (select id from posts.post where author_id = any(@authors))
        """;

    private const string ReadReactions = """
        select r.post_id as PostId, r.user_id as UserId
        from posts.reaction r join posts.post p on p.id = r.post_id
        where r.liked and p.author_id = any(@authors)
        """;

    /// <summary>Whose home timelines can be recomputed from what was read.</summary>
    public IReadOnlyList<Guid> Readers { get; private set; } = [];

    public async Task<CommandStores> ReadAsync(CancellationToken cancellationToken)
    {
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        await using var transaction =
            await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken);
        Readers = await ReadAsync<Guid>(PickUsers, new { seed, userCount });
        var readers = Readers.ToArray();
        var follows = await ReadAsync<StoredFollow>(ReadFollows, new { readers });
        var authors = readers.Union(follows.Select(follow => follow.FolloweeId)).ToArray();
        return new CommandStores(
            await ReadAsync<StoredUser>(ReadUsers, new { authors }),
            await ReadAsync<StoredPost>(ReadPosts, new { authors }),
            follows,
            await ReadAsync<StoredBlock>(ReadBlocks, new { readers }),
            await ReadAsync<StoredReaction>(ReadReactions, new { authors }));

        async Task<IReadOnlyList<T>> ReadAsync<T>(string sql, object parameters) =>
            [.. await connection.QueryAsync<T>(
                new CommandDefinition(sql, parameters, transaction, cancellationToken: cancellationToken))];
    }
}
