using Dapper;
using Npgsql;

namespace DaprSocial.EndToEnd.Tests.Mesh;

/// <summary>Looks into the mesh's database, and disturbs it, beside the services.</summary>
internal sealed class TestStore(string connectionString)
{
    // One statement, so that an event that moves from pending to log meanwhile counts once.
    private const string Count = """
        select
            (select count(*) from users.event_pending) + (select count(*) from users.event_log)
                + (select count(*) from posts.event_pending) + (select count(*) from posts.event_log)
                + (select count(*) from graph.event_pending) + (select count(*) from graph.event_log)
                + (select count(*) from media.event_pending) + (select count(*) from media.event_log) as events,
            (select coalesce(sum(version), 0) from users.stream_head)
                + (select coalesce(sum(version), 0) from posts.stream_head)
                + (select coalesce(sum(version), 0) from graph.stream_head)
                + (select coalesce(sum(version), 0) from media.stream_head) as stream_versions,
            (select count(*) from users.request) + (select count(*) from posts.request)
                + (select count(*) from graph.request) + (select count(*) from media.request) as requests,
            (select count(*) from users.user_account) as users,
            (select count(*) from posts.post) as posts,
            (select count(*) from posts.reaction) as reactions,
            (select count(*) from graph.follow) as follows,
            (select coalesce(sum(entity_version), 0) from users.user_account)
                + (select coalesce(sum(entity_version), 0) from posts.post)
                + (select coalesce(sum(entity_version), 0) from posts.reaction)
                + (select coalesce(sum(entity_version), 0) from graph.follow)
                + (select coalesce(sum(entity_version), 0) from graph.user_block) as entity_versions
        """;

    private const string InsertFollows = """
        insert into graph.follow (follower_id, followee_id, following, follow_id, entity_version)
        select @follower, gen_random_uuid(), true, gen_random_uuid(), 1 from generate_series(1, @count)
        """;

    private const string InsertBlocks = """
        insert into graph.user_block (blocker_id, blocked_id, blocking, block_id, entity_version)
        select @blocker, gen_random_uuid(), true, gen_random_uuid(), 1 from generate_series(1, @count)
        """;

    // Listings read the time out of the id of a following: its first digits are those of a version 7.
    private const string InsertFollowers = """
        insert into graph_v1.follow_edge (follower_id, followee_id, following, follow_id, entity_version)
        select gen_random_uuid(), @followee, true, ('018f6b1e-' || substr(gen_random_uuid()::text, 10))::uuid, 1
        from generate_series(1, @count)
        """;

    private const string InsertFollowees = """
        insert into graph_v1.follow_edge (follower_id, followee_id, following, follow_id, entity_version)
        select @follower, gen_random_uuid(), true, ('018f6b1e-' || substr(gen_random_uuid()::text, 10))::uuid, 1
        from generate_series(1, @count)
        """;

    private const string ReadHeads = """
        select (select coalesce(max(position), 0) from users.event_log) as users,
            (select coalesce(max(position), 0) from posts.event_log) as posts,
            (select coalesce(max(position), 0) from graph.event_log) as graph
        """;

    // A field, a message and a list that nobody knows, in the event and in what is in it.
    private const string MakeNextVersion = """
        create function pg_temp.next_version(payload text) returns text language sql as $$
            select (jsonb_object_agg(key, case jsonb_typeof(value)
                when 'object' then value || '{"newField":"x","newList":[{"a":1}]}' else value end)
                || '{"newNumber":7,"newMessage":{"deep":{"deeper":[1,2]}}}')::text
            from jsonb_each(payload::jsonb)
        $$;
        update users.event_log set payload = pg_temp.next_version(payload) where position > @users;
        update posts.event_log set payload = pg_temp.next_version(payload) where position > @posts;
        update graph.event_log set payload = pg_temp.next_version(payload) where position > @graph;
        update posts.event_log
        set payload = jsonb_set(payload::jsonb, '{post,visibility}', to_jsonb(@visibility::int))::text
        where @visibility::int is not null and position > @posts and payload::jsonb ? 'post';
        drop function pg_temp.next_version;
        """;

    private const string AppendPostEvent = """
        with head as (
            update posts.stream_head set version = version + 1 where topic = 'posts' and stream = @author
            returning version
        )
        insert into posts.event_pending (event_id, topic, stream, version, entity_id, entity_version, type,
            schema_version, occur_time, actor, request_id, traceparent, after, payload)
        select gen_random_uuid(), 'posts', @author, version, 'new', 1, @type, 1, now(), @author, '', '', '', @payload
        from head
        """;

    private const string LoseNewestPost = """
        delete from posts.event_log where position = (select max(position) from posts.event_log where stream = @author);
        delete from posts.post where id = (select max(id::text)::uuid from posts.post where author_id = @author);
        update posts.stream_head set version = version - 1 where topic = 'posts' and stream = @author;
        update posts.event_log_state set published_position = least(
            published_position, (select coalesce(max(position), 0) from posts.event_log));
        """;

    public string ConnectionString => connectionString;

    public async Task<StoredRows> CountAsync()
    {
        await using var connection = await OpenAsync();
        return await connection.QuerySingleAsync<StoredRows>(Count);
    }

    /// <summary>Makes a user follow so many who do not exist, as far as commands know.</summary>
    public Task InsertFollowsAsync(Person follower, int count) =>
        ExecuteAsync(InsertFollows, new { follower = Guid.Parse(follower.Id), count });

    /// <summary>Makes a user block so many who do not exist, as far as commands know.</summary>
    public Task InsertBlocksAsync(Person blocker, int count) =>
        ExecuteAsync(InsertBlocks, new { blocker = Guid.Parse(blocker.Id), count });

    /// <summary>Makes so many who do not exist follow a user, as far as queries know.</summary>
    public Task InsertFollowersAsync(Person followee, int count) =>
        ExecuteAsync(InsertFollowers, new { followee = Guid.Parse(followee.Id), count });

    /// <summary>Makes a user follow so many who do not exist, as far as queries know.</summary>
    public Task InsertFolloweesAsync(Person follower, int count) =>
        ExecuteAsync(InsertFollowees, new { follower = Guid.Parse(follower.Id), count });

    /// <summary>Gives an author's stream an event that no consumer can apply.</summary>
    public Task AppendBrokenPostAsync(Person author) =>
        AppendPostEventAsync(author, "daprsocial.posts.v1.PostCreated", """{"post":{"id":"broken"}}""");

    /// <summary>Appends an event to the stream of an author who has posted.</summary>
    public Task AppendPostEventAsync(Person author, string type, string payload) =>
        ExecuteAsync(AppendPostEvent, new { author = Guid.Parse(author.Id), type, payload });

    /// <summary>Where the logs end.</summary>
    public async Task<(long Users, long Posts, long Graph)> ReadHeadsAsync()
    {
        await using var connection = await OpenAsync();
        return await connection.QuerySingleAsync<(long, long, long)>(ReadHeads);
    }

    /// <summary>Makes the events after some places into what a next version would have written.</summary>
    public Task MakeNextVersionAsync((long Users, long Posts, long Graph) after, int? visibility) => ExecuteAsync(
        MakeNextVersion, new { users = after.Users, posts = after.Posts, graph = after.Graph, visibility });

    /// <summary>Takes an author's newest post back to before it was written, as a restore from a backup does.</summary>
    public Task LoseNewestPostAsync(Person author) =>
        ExecuteAsync(LoseNewestPost, new { author = Guid.Parse(author.Id) });

    /// <summary>
    /// Stops the projections of some services until the answer is disposed: they cannot move a checkpoint. Reads go on.
    /// </summary>
    /// <remarks>
    /// A paused broker alone does not do it: after 3 s the sweep repairs what the broker holds back, and a test must
    /// not depend on being faster.
    /// </remarks>
    public async Task<IAsyncDisposable> HoldProjectionsAsync(params IReadOnlyList<string> appIds)
    {
        var connection = await OpenAsync();
        await connection.BeginTransactionAsync();
        foreach (var appId in appIds)
            await connection.ExecuteAsync(LockOf(appId));
        // Closing ends the transaction, and the locks with it.
        return connection;
    }

    /// <summary>Makes every search for posts wait until the answer is disposed.</summary>
    public async Task<IAsyncDisposable> HoldSearchIndexAsync()
    {
        var connection = await OpenAsync();
        await connection.BeginTransactionAsync();
        await connection.ExecuteAsync("lock table search_v1.post_document in access exclusive mode");
        return connection;
    }

    /// <summary>Has the turn to rebuild a service's projection until the answer is disposed.</summary>
    public async Task<IAsyncDisposable> HoldRebuildAsync(string appId)
    {
        // Not of a pool, which would keep the lock.
        var connection = new NpgsqlConnection($"{connectionString};Pooling=false");
        await connection.OpenAsync();
        await connection.ExecuteAsync(
            "select pg_advisory_lock(hashtextextended(@name, 0))", new { name = $"daprsocial.rebuild.{appId}" });
        return connection;
    }

    /// <summary>Makes the database fail every new row of a table with an error code, until the answer is disposed.</summary>
    public async Task<IAsyncDisposable> FailInsertsAsync(string sqlState)
    {
        await ExecuteAsync(
            """
            create function public.fail() returns trigger language plpgsql as $$
            begin
                raise exception 'a secret of the database' using errcode = tg_argv[0];
            end $$
            """,
            new { });
        await ExecuteAsync(TriggerOf(sqlState), new { });
        return new Repair(this);
    }

    private static string LockOf(string appId) => appId switch
    {
        "users" => "lock table users_v1.checkpoint in exclusive mode",
        "posts" => "lock table posts_v1.checkpoint in exclusive mode",
        "graph" => "lock table graph_v1.checkpoint in exclusive mode",
        "media" => "lock table media_v1.checkpoint in exclusive mode",
        "timelines" => "lock table timelines_v1.checkpoint in exclusive mode",
        "search" => "lock table search_v1.checkpoint in exclusive mode",
        _ => throw new ArgumentOutOfRangeException(nameof(appId), appId, "No projections."),
    };

    private static string TriggerOf(string sqlState) => sqlState switch
    {
        PostgresErrorCodes.DeadlockDetected =>
            "create trigger fail before insert on posts.post execute function public.fail('40P01')",
        PostgresErrorCodes.TooManyConnections =>
            "create trigger fail before insert on posts.post execute function public.fail('53300')",
        PostgresErrorCodes.InternalError =>
            "create trigger fail before insert on posts.post execute function public.fail('XX000')",
        _ => throw new ArgumentOutOfRangeException(nameof(sqlState), sqlState, "No trigger for it."),
    };

    private async Task ExecuteAsync(string sql, object parameters)
    {
        await using var connection = await OpenAsync();
        await connection.ExecuteAsync(sql, parameters);
    }

    // Not pooled: some of these connections end inside a transaction.
    private async Task<NpgsqlConnection> OpenAsync()
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false };
        var connection = new NpgsqlConnection(settings.ConnectionString);
        await connection.OpenAsync();
        return connection;
    }

    private sealed class Repair(TestStore store) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync() => await store.ExecuteAsync("drop function public.fail() cascade", new { });
    }
}
