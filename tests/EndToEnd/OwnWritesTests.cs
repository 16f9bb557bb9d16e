using DaprSocial.Consistency.V1;
using DaprSocial.EndToEnd.Tests.Mesh;
using DaprSocial.Posts.V1;
using DaprSocial.Timelines.V1;

namespace DaprSocial.EndToEnd.Tests;

/// <summary>While projections stand, a token shows what its owner wrote; without one the lag is told.</summary>
[Collection(MeshCollection.Name)]
public sealed class OwnWritesTests(MeshFixture fixture)
{
    private readonly TestMesh _mesh = fixture.Mesh;

    [Fact]
    public async Task Reads_ConsumersPaused_ShowOwnWritesWithTheTokenAndLagWithout()
    {
        var people = await _mesh.CreatePeopleAsync("ann", "ben");
        var (ann, ben) = (people[0], people[1]);
        var (old, gone) = (await _mesh.PostAsync(ann, "old"), await _mesh.PostAsync(ann, "gone"));
        await _mesh.DrainAsync();
        string token;
        Written written;
        using (_mesh.Broker.PauseSubscriber("posts"))
        using (_mesh.Broker.PauseSubscriber("timelines"))
        await using (await _mesh.Store.HoldProjectionsAsync("posts", "timelines"))
        {
            var open = await _mesh.PostAsync(ann, "open");
            var closed = await _mesh.PostAsync(ann, "closed", visibility: Visibility.Followers);
            written = new Written(
                ann, old, gone, open, closed, await _mesh.PostAsync(ann, "reply", old),
                await _mesh.PostAsync(ann, "brief"));
            await _mesh.DeleteAsync(ann, written.Brief);
            token = await _mesh.DeleteAsync(ann, gone);

            await AssertSeenAsync(written, token, Freshness.Types.Source.Merged);
            await AssertNotClaimedToBeSeenAsync(written, token, ben);
            await AssertLagAsync(written);
        }

        await _mesh.DrainAsync();
        await _mesh.MeasureLagAsync();
        await AssertSeenAsync(written, token, Freshness.Types.Source.Store);
        await AssertSeenAsync(written, "", Freshness.Types.Source.Store);
    }

    [Fact]
    public async Task Home_OwnReplies_AreMergedOnlyWhereHomeHasThem()
    {
        var people = await _mesh.CreatePeopleAsync("ann", "ben", "cid");
        await _mesh.FollowAsync(people[0], people[1]);
        var followed = await _mesh.PostAsync(people[1], "ben's");
        var stranger = await _mesh.PostAsync(people[2], "cid's");
        await _mesh.DrainAsync();
        using (_mesh.Broker.PauseSubscriber("timelines"))
        await using (await _mesh.Store.HoldProjectionsAsync("timelines"))
        {
            var kept = await _mesh.PostAsync(people[0], "to ben", followed);
            var answer = await _mesh.Posts.CreatePostAsync(
                new CreatePostRequest { Text = "to cid", ReplyTo = stranger.Id }, people[0].Headers);

            var home = await WalkHomeAsync(people[0], answer.ConsistencyToken);
            var author = await _mesh.Timelines.ListAuthorTimelineAsync(
                new ListAuthorTimelineRequest
                {
                    AuthorId = people[0].Id, ConsistencyToken = answer.ConsistencyToken, View = View.Ids,
                },
                people[0].Headers);

            Assert.Equal([kept.Id, followed.Id], home);
            Assert.Equal([answer.Post.Id, kept.Id], author.Entries.Select(entry => entry.PostId));
        }

        await _mesh.DrainAsync();
    }

    [Fact]
    public async Task Home_OwnStreamParked_ShowsWhatCanBeShownAndSaysParked()
    {
        var people = await _mesh.CreatePeopleAsync("ann");
        var before = await _mesh.PostAsync(people[0], "before");
        await _mesh.Store.AppendBrokenPostAsync(people[0]);
        var after = await _mesh.Posts.CreatePostAsync(new CreatePostRequest { Text = "after" }, people[0].Headers);
        await _mesh.DrainAsync();

        var home = await _mesh.Timelines.ListHomeTimelineAsync(
            new ListHomeTimelineRequest { ConsistencyToken = after.ConsistencyToken, MaxWait = MeshActions.LongWait },
            people[0].Headers);

        Assert.Equal([after.Post, before], home.Entries.Select(entry => entry.Post.Post));
        Assert.Equal(
            (false, Freshness.Types.Reason.Parked, Freshness.Types.Source.Merged),
            (home.Freshness.Satisfied, home.Freshness.Reason, home.Freshness.Source));
    }

    private async Task AssertSeenAsync(Written written, string token, Freshness.Types.Source source)
    {
        var (ann, old, gone, open, closed, reply, brief) = written;
        var fresh = new Freshness { Satisfied = true, Source = source };
        PostView[] views =
        [
            new() { Post = reply }, new() { Post = closed }, new() { Post = open },
            new() { Post = old, ReplyCount = 1 },
        ];
        var home = await _mesh.Timelines.ListHomeTimelineAsync(
            new ListHomeTimelineRequest { ConsistencyToken = token, MaxWait = MeshActions.LongWait }, ann.Headers);
        Assert.Equal((true, fresh), (home.Complete, home.Freshness));
        Assert.Equal(views, home.Entries.Select(entry => entry.Post));
        var author = await _mesh.Timelines.ListAuthorTimelineAsync(
            new ListAuthorTimelineRequest
            {
                AuthorId = ann.Id, ConsistencyToken = token, MaxWait = MeshActions.LongWait,
            },
            ann.Headers);
        Assert.Equal((true, fresh), (author.Complete, author.Freshness));
        Assert.Equal(views, author.Entries.Select(entry => entry.Post));
        Assert.Equal(views.Select(view => view.Post.Id), await WalkHomeAsync(ann, token));
        var batch = await _mesh.Posts.BatchGetPostsAsync(
            new BatchGetPostsRequest
            {
                PostIds = { old.Id, open.Id, closed.Id, reply.Id, gone.Id, brief.Id }, ConsistencyToken = token,
                MaxWait = MeshActions.LongWait,
            },
            ann.Headers);
        Assert.Equal(fresh, batch.Freshness);
        Assert.Equal([views[3], views[2], views[1], views[0]], batch.Views);
        Assert.Equal([gone.Id, brief.Id], batch.MissingIds);
        var one = await _mesh.Posts.GetPostAsync(
            new GetPostRequest
            {
                PostId = closed.Id, ConsistencyToken = token, MaxWait = MeshActions.LongWait,
            },
            ann.Headers);
        Assert.Equal((fresh, views[1]), (one.Freshness, one.View));
    }

    private async Task AssertNotClaimedToBeSeenAsync(Written written, string token, Person ben)
    {
        var home = await _mesh.Timelines.ListHomeTimelineAsync(
            new ListHomeTimelineRequest { ConsistencyToken = token, MaxWait = MeshActions.ShortWait }, ben.Headers);
        var timeline = await _mesh.Timelines.ListAuthorTimelineAsync(
            new ListAuthorTimelineRequest
            {
                AuthorId = written.Ann.Id, ConsistencyToken = token, MaxWait = MeshActions.ShortWait,
            },
            ben.Headers);
        Assert.All([home.Freshness, timeline.Freshness], freshness => Assert.Equal(
            (false, Freshness.Types.Reason.Behind), (freshness.Satisfied, freshness.Reason)));
        Assert.Empty(home.Entries);
        Assert.DoesNotContain(written.Closed.Id, timeline.Entries.Select(entry => entry.PostId));
    }

    private async Task AssertLagAsync(Written written)
    {
        var (ann, old, gone) = (written.Ann, written.Old, written.Gone);
        await _mesh.MeasureLagAsync();
        var home = await _mesh.Timelines.ListHomeTimelineAsync(new ListHomeTimelineRequest(), ann.Headers);
        var author = await _mesh.Timelines.ListAuthorTimelineAsync(
            new ListAuthorTimelineRequest { AuthorId = ann.Id }, ann.Headers);
        var one = await _mesh.Posts.GetPostAsync(new GetPostRequest { PostId = old.Id });
        var batch = await _mesh.Posts.BatchGetPostsAsync(new BatchGetPostsRequest { PostIds = { gone.Id } });
        Assert.All([home.Freshness, author.Freshness, one.Freshness, batch.Freshness], freshness =>
        {
            Assert.True(freshness.Satisfied);
            Assert.True(freshness.Lag?.ToTimeSpan() > TimeSpan.Zero, $"Lag is {freshness.Lag}");
        });
        Assert.Equal([gone.Id, old.Id], home.Entries.Select(entry => entry.PostId));
    }

    private Task<IReadOnlyList<string>> WalkHomeAsync(Person reader, string token) =>
        MeshActions.WalkAsync(async pageToken =>
        {
            var page = await _mesh.Timelines.ListHomeTimelineAsync(
                new ListHomeTimelineRequest
                {
                    PageSize = 1, PageToken = pageToken, View = View.Ids, ConsistencyToken = token,
                    MaxWait = MeshActions.LongWait,
                },
                reader.Headers);
            Assert.True(page.Freshness.Satisfied);
            return (page.Entries.Select(entry => entry.PostId), page.NextPageToken);
        });

    /// <summary>What ann wrote, before and while the projections stood.</summary>
    private sealed record Written(Person Ann, Post Old, Post Gone, Post Open, Post Closed, Post Reply, Post Brief);
}
