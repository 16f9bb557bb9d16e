using Dapper;
using DaprSocial.Ctl.Mesh;
using DaprSocial.Ctl.Verification;
using DaprSocial.EndToEnd.Tests.Mesh;
using DaprSocial.Load;
using DaprSocial.Posts.V1;
using DaprSocial.Testing;
using DaprSocial.Verify;
using DaprSocial.Verify.Repairing;
using Npgsql;

namespace DaprSocial.EndToEnd.Tests;

/// <summary>A mesh whose projections somebody changes by hand.</summary>
public sealed class VerifyTests : OwnMesh, IDemoProgress
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(60);

    // A row of each projected table goes, one changes, and one comes that nobody wrote.
    private static readonly (string Table, string[] Faults)[] _damage =
    [
        ("users.user_view",
        [
            "delete from users_v1.user_view where display_name = 'ann'",
            "update users_v1.user_view set bio = 'x' where display_name = 'ben'",
            "insert into users_v1.user_view select gen_random_uuid(), 'eve', '', '', now(), now(), 1",
        ]),
        ("posts.post_view",
        [
            "delete from posts_v1.post_view where text = 'first'",
            "update posts_v1.post_view set text = 'x' where text = 'second'",
            """
            insert into posts_v1.post_view
            select gen_random_uuid(), author_id, 'x', null, null, null, '', 1, false, '', 1
            from posts_v1.post_view where text = 'answer'
            """,
        ]),
        ("posts.post_reaction",
        [
            "delete from posts_v1.post_reaction where not liked",
            "update posts_v1.post_reaction set entity_version = 9 where liked",
            "insert into posts_v1.post_reaction values (gen_random_uuid(), gen_random_uuid(), false, 1)",
        ]),
        ("posts.post_count",
        [
            "delete from posts_v1.post_count where reply_count = 1",
            "update posts_v1.post_count set like_count = 7 where like_count = 1 and reply_count = 0",
            "insert into posts_v1.post_count values (gen_random_uuid(), 1, 0)",
        ]),
        ("graph.follow_edge",
        [
            "delete from graph_v1.follow_edge where not following",
            """
            update graph_v1.follow_edge set entity_version = 9
            where (follower_id, followee_id) in (
                select follower_id, followee_id from graph_v1.follow_edge where following limit 1)
            """,
            """
            insert into graph_v1.follow_edge
            values (gen_random_uuid(), gen_random_uuid(), false, gen_random_uuid(), 1)
            """,
        ]),
        ("graph.relation_count",
        [
            "delete from graph_v1.relation_count where follower_count = 2",
            "update graph_v1.relation_count set followee_count = 5 where followee_count = 1 and follower_count = 0",
            "insert into graph_v1.relation_count values (gen_random_uuid(), 0, 1)",
        ]),
        ("graph.known_user",
        [
            """
            delete from graph.known_user
            where user_id = (select id from users.user_account where display_name = 'cat')
            """,
        ]),
        ("timelines.author_timeline",
        [
            "delete from timelines_v1.author_timeline where deleted",
            "update timelines_v1.author_timeline set visibility = 1 where visibility = 2",
            "insert into timelines_v1.author_timeline values (gen_random_uuid(), gen_random_uuid(), null, 1, false, 1)",
        ]),
        ("timelines.follow_edge",
        [
            "delete from timelines_v1.follow_edge where not following",
            """
            update timelines_v1.follow_edge set entity_version = 9
            where (follower_id, followee_id) in (
                select follower_id, followee_id from timelines_v1.follow_edge where following limit 1)
            """,
            "insert into timelines_v1.follow_edge values (gen_random_uuid(), gen_random_uuid(), false, 1)",
        ]),
        ("graph.block_edge",
        [
            "delete from graph_v1.block_edge where not blocking",
            "update graph_v1.block_edge set entity_version = 9 where blocking",
            "insert into graph_v1.block_edge values (gen_random_uuid(), gen_random_uuid(), true, gen_random_uuid(), 1)",
        ]),
        ("posts.block_edge",
        [
            "delete from posts_v1.block_edge where not blocking",
            "update posts_v1.block_edge set entity_version = 9 where blocking",
            "insert into posts_v1.block_edge values (gen_random_uuid(), gen_random_uuid(), true, 1)",
        ]),
        ("timelines.block_edge",
        [
            "delete from timelines_v1.block_edge where not blocking",
            "update timelines_v1.block_edge set entity_version = 9 where blocking",
            "insert into timelines_v1.block_edge values (gen_random_uuid(), gen_random_uuid(), true, 1)",
        ]),
        ("timelines.post_precondition",
        [
            "delete from timelines_v1.post_precondition where topic = 'graph'",
            "insert into timelines_v1.post_precondition values (gen_random_uuid(), 'graph', gen_random_uuid(), 1)",
        ]),
        ("media.media_view",
        [
            "delete from media_v1.media_view where deleted",
            "update media_v1.media_view set blurhash = 'x' where not deleted",
            "insert into media_v1.media_view values (gen_random_uuid(), gen_random_uuid(), 1, 0, '', '', false, 1)",
        ]),
        // What is too much there no log takes away: it is beside the projected tables.
        ("posts.known_media", ["delete from posts.known_media where not deleted"]),
        // Those of posts leave alone what words are counted from.
        ("search.post_document",
        [
            "delete from search_v1.post_document where deleted",
            "update search_v1.post_document set text = 'x' where text = 'first'",
            """
            insert into search_v1.post_document
            select gen_random_uuid(), author_id, null, 2, '', 'x', false, false, 1, null
            from search_v1.post_document where text = 'second'
            """,
        ]),
        ("search.search_word",
        [
            "delete from search_v1.search_word where word = 'first'",
            "update search_v1.search_word set post_count = 9 where word = 'second'",
            "insert into search_v1.search_word values ('never', 1)",
        ]),
        ("search.user_document",
        [
            "delete from search_v1.user_document where display_name = 'ann'",
            "update search_v1.user_document set bio = 'x' where display_name = 'ben'",
            "insert into search_v1.user_document values (gen_random_uuid(), 'eve', '', '', false, 1, null)",
        ]),
        ("search.follow_edge",
        [
            "delete from search_v1.follow_edge where not following",
            "insert into search_v1.follow_edge values (gen_random_uuid(), gen_random_uuid(), false, 1)",
        ]),
    ];

    private VerifyOptions Options => new()
    {
        PostgresConnectionString = Mesh.Store.ConnectionString,
        EdgeAddress = Mesh.Ports.SidecarGrpcAddress(MeshApps.Edge),
        HasAllAnswers = true,
    };

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        await SeedAsync();
    }

    [Fact]
    public async Task Verify_EveryTableDamaged_NamesEveryRowAndRepairMends()
    {
        var before = await VerifyAsync();
        foreach (var (_, faults) in _damage)
            await DamageAsync(faults);
        var damaged = await VerifyAsync();
        await new ProjectionRepair(Mesh.Ports.ServiceAddress, this)
            .RunAsync(damaged.Projections(), CancellationToken.None);
        var mended = await VerifyAsync();

        Assert.Empty(before.Differences);
        Assert.All(before.Tables, table => Assert.True(table.Compared > 0, table.Table));
        foreach (var (table, faults) in _damage)
        {
            var rows = damaged.Differences.Where(difference => difference.Table == table).ToList();
            Assert.True(faults.Length == rows.Count, $"{table}: {rows.Count} of {faults.Length}");
        }

        Assert.Equal(["graph", "media", "posts", "search", "timelines", "users"], damaged.Projections().Order());
        Assert.Contains(damaged.Differences, row => row.Table.StartsWith("answers", StringComparison.Ordinal));
        Assert.Empty(mended.Differences);
        Assert.Equal(before.Tables.Select(table => table.Compared), mended.Tables.Select(table => table.Compared));
    }

    [Fact]
    public async Task Timer_RowDamaged_IsSaidMeasuredAndKeptForStatus()
    {
        var said = new TaskCompletionSource<string>();
        var file = new VerifyStateFile(Directory.CreateTempSubdirectory("verify-timer-").FullName);
        await DamageAsync("delete from posts_v1.post_view where text = 'first'");
        await using var timer = VerifyTimer.Start(
            Options with { EdgeAddress = null }, TimeSpan.FromSeconds(1), file, line => said.TrySetResult(line));

        var line = await said.Task.WaitAsync(_patience);

        Assert.Equal("verification: 1 differences; ./social ctl verify names them", line);
        Assert.Equal(1, Measure(VerifyTimer.DifferencesName)["posts"]);
        Assert.Equal(0, Measure(VerifyTimer.DifferencesName)["users"]);
        // Another round may have ended meanwhile.
        var time = file.Read()!.Time.ToUnixTimeSeconds();
        Assert.InRange(Assert.Single(Measure(VerifyTimer.TimeName)).Value, time - 60, time + 60);
        Assert.Equal(1, file.Read()!.DifferencesByProjection["posts"]);
    }

    void IDemoProgress.Report(string stage, long done, long total) => Assert.InRange(done, 0, total);

    private static IReadOnlyDictionary<string, double> Measure(string gauge) =>
        Gauges.Read(VerifyTimer.MeterName, gauge, service: null, "projection");

    private async Task SeedAsync()
    {
        var people = await Mesh.CreatePeopleAsync("ann", "ben", "cat");
        var (ann, ben, cat) = (people[0], people[1], people[2]);
        var followed = await Mesh.FollowAsync(ann, ben);
        await Mesh.FollowAsync(cat, ben);
        await Mesh.FollowAsync(ben, ann);
        await Mesh.FollowAsync(ann, cat);
        await Mesh.UnfollowAsync(ann, cat);
        await Mesh.BlockAsync(cat, ann);
        await Mesh.BlockAsync(ben, cat);
        await Mesh.UnblockAsync(ben, cat);
        await Mesh.FollowAsync(cat, ben);
        await Mesh.UploadAsync(ben, MediaSamples.Png(20, 20, seed: 1));
        var gone = await Mesh.UploadAsync(ben, MediaSamples.Png(20, 20, seed: 2));
        await Mesh.Media.DeleteMediaAsync(new() { MediaId = gone.Media.Id }, ben.Headers);
        var first = await Mesh.PostAsync(ben, "first");
        var second = await Mesh.PostAsync(ben, "second");
        await Mesh.PostAsync(ben, "for followers", visibility: Visibility.Followers, after: followed);
        await Mesh.PostAsync(ann, "answer", first);
        await Mesh.DeleteAsync(ann, await Mesh.PostAsync(ann, "gone"));
        await Mesh.LikeAsync(ann, second);
        await Mesh.LikeAsync(cat, second);
        await Mesh.UnlikeAsync(cat, second);
        await Mesh.DrainAsync();
    }

    private async Task<VerifyReport> VerifyAsync()
    {
        await Mesh.DrainAsync();
        return await Verifier.RunAsync(Options, this, CancellationToken.None);
    }

    private async Task DamageAsync(params IReadOnlyList<string> faults)
    {
        await using var connection = new NpgsqlConnection(Mesh.Store.ConnectionString);
        foreach (var fault in faults)
            Assert.Equal(1, await connection.ExecuteAsync(fault));
    }
}
