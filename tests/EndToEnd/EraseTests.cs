using Dapper;
using DaprSocial.Ctl.Erasing;
using DaprSocial.Ctl.Mesh;
using DaprSocial.EndToEnd.Tests.Mesh;
using DaprSocial.Load;
using DaprSocial.Posts.V1;
using DaprSocial.Projections.V1;
using DaprSocial.Testing;
using DaprSocial.Timelines.V1;
using DaprSocial.Users.V1;
using Grpc.Core;
using Npgsql;

namespace DaprSocial.EndToEnd.Tests;

/// <summary>A user's data goes everywhere; what others did stays.</summary>
public sealed class EraseTests : OwnMesh, IDemoProgress
{
    private const string Secret = "nobody else ever wrote this";

    [Fact]
    public async Task Erase_UserWithEverything_LeavesNothingAndEverythingDerivedIsRight()
    {
        var people = await Mesh.CreatePeopleAsync("victim", "friend");
        var (victim, friend) = (people[0], people[1]);
        var (theirs, answer) = await LiveAsync(victim, friend);

        var receipt = await EraseAsync(victim.Handle);

        Assert.Empty(receipt.Parked);
        Assert.Empty(receipt.Found);
        Assert.Equal(0, receipt.DifferenceCount);
        var erased = receipt.Erased.ToDictionary(store => store.Store, store => store.Count);
        Assert.Equal(1, erased["users.user_account"]);
        Assert.Equal(4, erased["posts.post"]);
        Assert.Equal((1, 3), (erased["media.media"], erased["media.blob"]));
        Assert.Equal(1, erased["media.media_view (projected)"]);
        Assert.Equal(1, erased["posts.reaction"]);
        Assert.Equal(2, erased["graph.follow"]);
        Assert.Equal(2, erased["graph.user_block"]);
        Assert.Equal(1, erased["posts.dead_letter"]);
        Assert.Equal(1, erased["posts.parked_stream (projected)"]);
        Assert.Equal(1, erased["timelines.parked_stream (projected)"]);
        Assert.Equal(1, erased["search.parked_stream (projected)"]);
        Assert.True(erased["users.request"] > 0 && erased["posts.request"] > 0);
        Assert.Equal(0, await CountRowsWithAsync(Secret));
        Assert.Equal(0, await CountRowsWithAsync(victim.Handle));
        await AssertGoneAsync(victim, friend);
        Assert.Equal([theirs.Id], await Mesh.ReadHomeAsync(friend));
        Assert.Equal(answer.Id, (await Mesh.FindAsync(answer, friend))!.Post.Id);
        Assert.Equal(0, (await Mesh.FindAsync(theirs, friend))!.LikeCount);
    }

    [Fact]
    public async Task Erase_ThenRebuild_IsTheSame()
    {
        var people = await Mesh.CreatePeopleAsync("victim", "friend");
        await LiveAsync(people[0], people[1]);
        await EraseAsync(people[0].Handle);

        foreach (var appId in MeshApps.Services)
        {
            var comparison = await RebuildAsync(appId);
            Assert.True(comparison.RowCount > 0, appId);
            Assert.Empty(comparison.Differences);
            await Mesh.ProjectionOf(appId).FlipProjectionAsync(new FlipProjectionRequest { Version = 2 });
        }

        var again = await EraseAsync(people[0].Id);
        Assert.True(again.IsClean);
        Assert.All(again.Erased, store => Assert.Equal((store.Store, 0L), (store.Store, store.Count)));
        await AssertGoneAsync(people[0], people[1]);
    }

    [Fact]
    public async Task Erase_EndedAfterEachCall_GoesOnWhereItWas()
    {
        var people = await Mesh.CreatePeopleAsync("victim", "friend");
        var (victim, friend) = (people[0], people[1]);
        await LiveAsync(victim, friend);
        await Mesh.PostManyAsync(victim, 501);
        var first = await Mesh.Posts.EraseUserAsync(new Posts.V1.EraseUserRequest { UserId = victim.Id });
        await Mesh.Users.EraseUserAsync(new Users.V1.EraseUserRequest { UserId = victim.Id });

        var receipt = await EraseAsync(victim.Id);

        Assert.False(first.Complete);
        Assert.True(receipt.IsClean);
        Assert.Equal(5, receipt.Erased.Single(store => store.Store == "posts.post").Count);
        Assert.Equal(0, await CountRowsWithAsync(Secret));
        Assert.Equal(0, await CountRowsWithAsync(victim.Handle));
        await AssertGoneAsync(victim, friend);
    }

    [Fact]
    public async Task Erase_Handle_IsFreeForOthers()
    {
        var people = await Mesh.CreatePeopleAsync("victim");
        await EraseAsync(people[0].Id);

        var next = await Mesh.Users.CreateUserAsync(new CreateUserRequest { Handle = people[0].Handle });
        await Mesh.DrainAsync();
        var found = await Mesh.Users.GetUserAsync(new GetUserRequest { Handle = people[0].Handle });

        Assert.Equal(next.User.Id, found.User.Id);
        Assert.Empty((await EraseAsync(people[0].Id)).Found);
    }

    [Fact]
    public async Task DeleteDeadLetters_SomeHoldTheText_LeavesTheOthers()
    {
        foreach (var text in (string[])["one of ann_1", "one of ben_1"])
            await AddDeadLetterAsync(text);
        var client = Mesh.ProjectionOf("posts");

        var deleted = await client.DeleteDeadLettersAsync(new DeleteDeadLettersRequest { Texts = { "ann_1", "none" } });
        var left = await client.ListDeadLettersAsync(new ListDeadLettersRequest());

        Assert.Equal(1, deleted.DeletedCount);
        Assert.Equal("one of ben_1", Assert.Single(left.Letters).Payload.ToStringUtf8());
    }

    void IDemoProgress.Report(string stage, long done, long total) => Assert.InRange(done, 0, total);

    /// <summary>All that a user can do, and what a broken event and a broken delivery leave.</summary>
    private async Task<(Post Theirs, Post Answer)> LiveAsync(Person victim, Person friend)
    {
        await Mesh.Users.UpdateProfileAsync(
            new UpdateProfileRequest { Bio = $"{Secret}: bio", RequestId = "profile" }, victim.Headers);
        await Mesh.FollowAsync(victim, friend);
        var followed = await Mesh.FollowAsync(friend, victim);
        var other = (await Mesh.CreatePeopleAsync("blocked")).Single();
        await Mesh.BlockAsync(victim, other);
        await Mesh.BlockAsync(other, victim);
        var own = await Mesh.PostAsync(victim, $"{Secret}: public");
        await Mesh.PostAsync(victim, $"{Secret}: private", visibility: Visibility.Followers, after: followed);
        await Mesh.DeleteAsync(victim, await Mesh.PostAsync(victim, $"{Secret}: deleted"));
        await Mesh.Posts.CreatePostAsync(
            new CreatePostRequest { Text = $"{Secret}: <with> \"request\" id", RequestId = "post" }, victim.Headers);
        var theirs = await Mesh.PostAsync(friend, "mine");
        var answer = await Mesh.PostAsync(friend, "I answer", own);
        await Mesh.LikeAsync(victim, theirs);
        await Mesh.LikeAsync(victim, answer);
        await Mesh.UnlikeAsync(victim, answer);
        var picture = await Mesh.UploadAsync(victim, MediaSamples.Png(40, 30, seed: 1));
        await Mesh.AttachAsync(victim, picture, $"{Secret}: a picture");
        await Mesh.UploadAsync(friend, MediaSamples.Png(40, 30, seed: 2));
        await Mesh.Store.AppendBrokenPostAsync(victim);
        await AddDeadLetterAsync($"{Secret} {victim.Id}");
        await Mesh.DrainAsync();
        return (theirs, answer);
    }

    private async Task<EraseReceipt> EraseAsync(string user)
    {
        var connectionString = Mesh.Store.ConnectionString;
        var found = await new UserTraces(connectionString).FindAsync(user, CancellationToken.None);
        return await new UserErasure(Mesh.Ports.ServiceAddress, connectionString, this, TimeProvider.System)
            .RunAsync(found!, CancellationToken.None);
    }

    private async Task AssertGoneAsync(Person victim, Person other)
    {
        await Mesh.AssertRefusedAsync(
            () => Mesh.Users.GetUserAsync(new GetUserRequest { UserId = victim.Id }),
            StatusCode.NotFound, "USER_NOT_FOUND");
        await Mesh.AssertRefusedAsync(
            () => Mesh.Posts.CreatePostAsync(new CreatePostRequest { Text = "I am back" }, victim.Headers),
            StatusCode.NotFound, "USER_NOT_FOUND");
        await Mesh.AssertRefusedAsync(
            () => Mesh.Graph.FollowAsync(new() { FolloweeId = victim.Id }, other.Headers),
            StatusCode.NotFound, "USER_NOT_FOUND", "followee_id");
        Assert.Empty((await Mesh.Timelines.ListAuthorTimelineAsync(
            new ListAuthorTimelineRequest { AuthorId = victim.Id })).Entries);
        var counts = await Mesh.Graph.GetRelationCountsAsync(new() { UserId = victim.Id });
        Assert.Equal((0, 0), (counts.FollowerCount, counts.FolloweeCount));
    }

    private async Task<ProjectionComparison> RebuildAsync(string appId)
    {
        using var call = Mesh.ProjectionOf(appId).RebuildProjection(new RebuildProjectionRequest { SampleSize = -1 });
        ProjectionComparison? comparison = null;
        await foreach (var answer in call.ResponseStream.ReadAllAsync())
            comparison = answer.Comparison;
        return comparison!;
    }

    /// <summary>Looks into every column of every table there is.</summary>
    private async Task<long> CountRowsWithAsync(string text)
    {
        const string tables = """
            select quote_ident(table_schema) || '.' || quote_ident(table_name) from information_schema.tables
            where table_type = 'BASE TABLE' and table_schema not in ('information_schema', 'pg_catalog')
            """;
        const string count = """
            select count(*) from {table} t
            where strpos(t::text, @text) > 0 or strpos(t::text, encode(convert_to(@text, 'UTF8'), 'hex')) > 0
            """;
        await using var connection = new NpgsqlConnection(Mesh.Store.ConnectionString);
        var total = 0L;
        foreach (var table in await connection.QueryAsync<string>(tables))
        {
            total += await connection.QuerySingleAsync<long>(
                count.Replace("{table}", table, StringComparison.Ordinal), new { text });
        }

        return total;
    }

    private async Task AddDeadLetterAsync(string text)
    {
        const string insert = """
            insert into posts.dead_letter (topic, receive_time, reason, payload)
            values ('posts', now(), 'no event', convert_to(@text, 'UTF8'))
            """;
        await using var connection = new NpgsqlConnection(Mesh.Store.ConnectionString);
        await connection.ExecuteAsync(insert, new { text });
    }
}
