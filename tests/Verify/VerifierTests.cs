using DaprSocial.Verify.Comparing;
using DaprSocial.Verify.Projections;

namespace DaprSocial.Verify.Tests;

/// <summary>Against a real PostgreSQL with the services' own migrations.</summary>
public sealed class VerifierTests
{
    private const string Missing = "the row is missing";
    private const string Sum = "the rows that it sums up give";
    private const string Extra = "knows of it: the row is extra";

    [Fact]
    public async Task Run_RightRows_ComparesEveryTableAndFindsNothing()
    {
        await using var world = await World.CreateAsync();

        var report = await world.VerifyAsync();

        Assert.Empty(report.Differences);
        Assert.Equal(0, report.DifferenceCount);
        Assert.All(report.Tables, table => Assert.True(table.Compared > 0, table.Table));
        Assert.Equal(20, report.Tables.Count);
    }

    [Theory]
    [InlineData("users.user_view", "delete from $ where handle = 'ada'", Missing)]
    [InlineData("users.user_view", "update $ set bio = 'x' where handle = 'bob'", "differs in bio")]
    [InlineData("users.user_view", "insert into $ select gen_random_uuid(), 'eve', '', '', now(), now(), 1", Extra)]
    [InlineData("posts.post_view", "delete from $ where text = 'hello'", Missing)]
    [InlineData("posts.post_view", "update $ set text = 'x' where text = 'hello'", "differs in text")]
    [InlineData("posts.post_view", "update $ set text = 'x' where deleted", "differs in text")]
    [InlineData("posts.post_view", "update $ set entity_version = 9 where deleted", "differs in entity_version")]
    [InlineData(
        "posts.post_view",
        "insert into $ select gen_random_uuid(), author_id, 'x', null, null, null, '', 1, false, '', 1 from $ limit 1",
        Extra)]
    [InlineData("posts.post_view.after", "update $ set after = '' where visibility = 2", "differs in after")]
    [InlineData("posts.post_reaction", "delete from $ where not liked", Missing)]
    [InlineData("posts.post_reaction", "update $ set entity_version = 7 where not liked", "differs in entity_version")]
    [InlineData("posts.post_reaction", "insert into $ values (gen_random_uuid(), gen_random_uuid(), false, 1)", Extra)]
    [InlineData("posts.post_count", "delete from $ where like_count = 1", Sum)]
    [InlineData("posts.post_count", "update $ set reply_count = 2 where like_count = 1", Sum)]
    [InlineData("posts.post_count", "insert into $ values (gen_random_uuid(), 1, 0)", Sum + " nothing")]
    [InlineData("graph.follow_edge", "delete from $ where not following", Missing)]
    [InlineData(
        "graph.follow_edge",
        "update $ set follow_id = gen_random_uuid() where following",
        "differs in follow_id")]
    [InlineData(
        "graph.follow_edge",
        "insert into $ values (gen_random_uuid(), gen_random_uuid(), false, gen_random_uuid(), 1)",
        Extra)]
    [InlineData("graph.relation_count", "delete from $ where follower_count = 1", Sum)]
    [InlineData("graph.relation_count", "update $ set follower_count = 5 where follower_count = 1", Sum)]
    [InlineData("graph.relation_count", "insert into $ values (gen_random_uuid(), 0, 1)", Sum + " nothing")]
    [InlineData("graph.known_user", "delete from $ where user_id::text like '%a'", Missing)]
    [InlineData("graph.known_user", "insert into $ values (gen_random_uuid())", Extra)]
    [InlineData("graph.block_edge", "delete from $ where not blocking", Missing)]
    [InlineData("graph.block_edge", "update $ set block_id = gen_random_uuid() where blocking", "differs in block_id")]
    [InlineData(
        "graph.block_edge",
        "insert into $ values (gen_random_uuid(), gen_random_uuid(), false, gen_random_uuid(), 1)",
        Extra)]
    [InlineData("posts.block_edge", "delete from $ where blocking", Missing)]
    [InlineData("posts.block_edge", "update $ set entity_version = 1 where not blocking", "differs in entity_version")]
    [InlineData("timelines.block_edge", "update $ set blocking = true where not blocking", "differs in blocking")]
    [InlineData("timelines.block_edge", "insert into $ values (gen_random_uuid(), gen_random_uuid(), true, 1)", Extra)]
    [InlineData("media.media_view", "delete from $ where not deleted", Missing)]
    [InlineData("media.media_view", "update $ set variants = '' where not deleted", "differs in variants")]
    [InlineData("media.media_view", "update $ set entity_version = 1 where deleted", "differs in entity_version")]
    [InlineData("posts.known_media", "delete from $ where deleted", Missing)]
    [InlineData("posts.known_media", "update $ set type = 1 where not deleted", "differs in type")]
    [InlineData("posts.post_view", "update $ set media = '' where media <> ''", "differs in media")]
    [InlineData("timelines.author_timeline", "delete from $ where deleted", Missing)]
    [InlineData(
        "timelines.author_timeline",
        "update $ set visibility = 1 where visibility = 2",
        "differs in visibility")]
    [InlineData(
        "timelines.author_timeline",
        "insert into $ values (gen_random_uuid(), gen_random_uuid(), null, 1, false, 1)",
        Extra)]
    [InlineData("timelines.follow_edge", "delete from $ where following", Missing)]
    [InlineData("timelines.follow_edge", "update $ set following = true where not following", "differs in following")]
    [InlineData("timelines.follow_edge", "insert into $ values (gen_random_uuid(), gen_random_uuid(), true, 1)", Extra)]
    [InlineData(
        "timelines.post_precondition",
        "delete from $ where post_id = (select id from posts.post where text = 'hush')",
        Missing)]
    [InlineData(
        "timelines.post_precondition",
        "update $ set version = 9 where post_id = (select id from posts.post where text = 'hush')",
        "differs in version")]
    [InlineData(
        "timelines.post_precondition",
        "insert into $ values (gen_random_uuid(), 'graph', gen_random_uuid(), 1)",
        "the row is extra")]
    [InlineData("search.post_document", "delete from $ where deleted", Missing)]
    [InlineData("search.post_document", "update $ set text = 'x' where text = 'hush'", "differs in text")]
    [InlineData("search.post_document", "update $ set entity_version = 9 where deleted", "differs in entity_version")]
    [InlineData("search.post_document", "update $ set terms = null where text = 'hush'", "differs in has_terms")]
    [InlineData("search.post_document", "update $ set deleted = false where deleted", "differs in deleted")]
    [InlineData("search.search_word", "delete from $", Sum)]
    [InlineData("search.search_word", "update $ set post_count = 2", Sum)]
    [InlineData("search.search_word", "insert into $ values ('more', 1)", Sum + " nothing")]
    [InlineData("search.user_document", "update $ set handle = 'eve' where handle = 'ada'", "differs in handle")]
    [InlineData("search.user_document", "delete from $ where handle = 'bob'", Missing)]
    [InlineData("search.follow_edge", "delete from $ where following", Missing)]
    public async Task Run_OneFault_NamesTheTableAndTheCause(string table, string fault, string cause)
    {
        await using var world = await World.CreateAsync();
        await world.ExecuteAsync(fault.Replace("$", World.Projected(table), StringComparison.Ordinal));

        var report = await world.VerifyAsync();

        var difference = Assert.Single(report.Differences);
        Assert.Equal(table, difference.Table);
        Assert.Contains(cause, difference.Cause, StringComparison.Ordinal);
        Assert.Equal(1, report.DifferenceCount);
        Assert.Equal(1, report.ByProjection()[difference.Projection]);
    }

    [Fact]
    public async Task Run_PreconditionOfDeletedPostGone_IsRightToo()
    {
        await using var world = await World.CreateAsync();
        await world.ExecuteAsync(
            "delete from {timelines.projected}.post_precondition where post_id = @post::uuid",
            new { post = World.Deleted });

        Assert.Equal(0, (await world.VerifyAsync()).DifferenceCount);
    }

    [Fact]
    public async Task Run_ErasedUser_HasNoViewAndIsNotKnown()
    {
        await using var world = await World.CreateAsync();
        await world.ExecuteAsync(
            """
            update {users}.user_account set handle = null, display_name = '' where id = @user::uuid;
            delete from {users.projected}.user_view where id = @user::uuid;
            delete from {graph}.known_user where user_id = @user::uuid;
            update {search.projected}.user_document set handle = '', display_name = '', bio = '', deleted = true
            where id = @user::uuid;
            """,
            new { user = World.Bob });

        Assert.Equal(0, (await world.VerifyAsync()).DifferenceCount);
    }

    [Fact]
    public async Task Run_StreamBehind_SaysHowFarItIs()
    {
        await using var world = await World.CreateAsync();
        await world.ExecuteAsync(
            "update {users.projected}.checkpoint set version = 1 where stream = @stream::uuid",
            new { stream = World.Ada });
        await world.ExecuteAsync("update {users.projected}.user_view set entity_version = 1 where handle = 'ada'");

        var difference = Assert.Single((await world.VerifyAsync()).Differences);

        Assert.Equal($"not applied: checkpoint 1 of 2 of stream {World.Ada}", difference.Cause);
    }

    [Fact]
    public async Task Run_StreamParked_SaysWhereAndWhy()
    {
        await using var world = await World.CreateAsync();
        await world.ExecuteAsync("update {users.projected}.user_view set entity_version = 1 where handle = 'ada'");
        await world.ExecuteAsync(
            """
            insert into {users.projected}.parked_stream
            values ('users', @stream::uuid, 2, gen_random_uuid(), 'type', 'InvalidOperation: no', now())
            """,
            new { stream = World.Ada });

        var difference = Assert.Single((await world.VerifyAsync()).Differences);

        Assert.Equal($"stream {World.Ada} is parked at version 2: InvalidOperation: no", difference.Cause);
    }

    [Fact]
    public async Task Run_EventGoneFromTheLog_SaysWhichOne()
    {
        await using var world = await World.CreateAsync();
        await world.ExecuteAsync("""
            update {users.projected}.checkpoint set version = 0 where stream = @stream::uuid;
            update {users.projected}.user_view set entity_version = 1 where handle = 'ada';
            delete from {users}.event_log where stream = @stream::uuid and version = 1;
            """,
            new { stream = World.Ada });

        var difference = Assert.Single((await world.VerifyAsync()).Differences);

        Assert.Equal($"gap: the log holds no version 1 of stream {World.Ada}", difference.Cause);
    }

    [Fact]
    public async Task Run_OwnerWasRestored_SaysSo()
    {
        await using var world = await World.CreateAsync();
        await world.ExecuteAsync("""
            insert into {users.projected}.log_source (topic, log_id) values ('users', gen_random_uuid());
            update {users.projected}.user_view set entity_version = 1 where handle = 'ada';
            """);

        var difference = Assert.Single((await world.VerifyAsync()).Differences);

        Assert.StartsWith("the log changed", difference.Cause, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_EventWithoutAPlace_SaysThatNoRelayRuns()
    {
        await using var world = await World.CreateAsync();
        await world.ExecuteAsync("""
            insert into {users}.event_pending (event_id, topic, stream, version, entity_id, entity_version, type,
                schema_version, occur_time, actor, request_id, traceparent, after, payload)
            select event_id, topic, stream, version, entity_id, entity_version, type, schema_version, occur_time, actor,
                request_id, traceparent, after, payload
            from {users}.event_log where stream = @stream::uuid and version = 2;
            delete from {users}.event_log where stream = @stream::uuid and version = 2;
            update {users.projected}.user_view set entity_version = 1 where handle = 'ada';
            """,
            new { stream = World.Ada });

        var difference = Assert.Single((await world.VerifyAsync()).Differences);

        Assert.Equal("not sequenced: its event (version 2) waits for a relay to run", difference.Cause);
    }

    [Fact]
    public async Task Run_MoreDifferencesThanAreShown_CountsAll()
    {
        await using var world = await World.CreateAsync();
        await world.ExecuteAsync(
            "insert into {graph}.known_user select gen_random_uuid() from generate_series(1, 1500)");

        var report = await world.VerifyAsync();

        Assert.Equal(ComparisonSql.ShownMax, report.Differences.Count);
        Assert.Equal(1_500, report.DifferenceCount);
    }

    [Fact]
    public async Task Run_SmallSample_StillFindsAFaultInASmallTable()
    {
        await using var world = await World.CreateAsync();
        await world.ExecuteAsync("delete from {graph}.known_user");

        var report = await world.VerifyAsync(world.Options with { SampleSize = 10, Seed = 5 });

        Assert.Equal(2, report.DifferenceCount);
    }

    [Fact]
    public async Task Compare_EveryBucket_SeesEveryKeyOnce()
    {
        const int bucketCount = 7;
        await using var world = await World.CreateAsync();
        await world.ExecuteAsync("delete from {posts.projected}.post_view where text = 'hello'");
        var comparison = PostComparisons.All[0];

        var results = await world.SnapshotAsync(async snapshot =>
        {
            var each = new List<ComparisonResult>();
            for (var bucket = 0; bucket < bucketCount; bucket++)
            {
                var scope = Scope.InBucket(bucketCount, bucket);
                each.Add(await snapshot.CompareAsync(comparison, scope, CancellationToken.None));
            }

            return each;
        });

        Assert.Equal(4, results.Sum(result => result.Compared));
        Assert.All(results, result => Assert.True(result.Compared < 4));
        Assert.Equal([World.Post], Assert.Single(results.SelectMany(result => result.Differences)).Key);
    }

    [Fact]
    public async Task Compare_NamedKeys_LooksAtNothingElse()
    {
        await using var world = await World.CreateAsync();
        await world.ExecuteAsync("delete from {posts.projected}.post_view");

        var result = await world.SnapshotAsync(snapshot => snapshot.CompareAsync(
            PostComparisons.All[0], Scope.Of([[World.Reply]]), CancellationToken.None));

        Assert.Equal([World.Reply], Assert.Single(result.Differences).Key);
    }
}
