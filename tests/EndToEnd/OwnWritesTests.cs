using DaprSocial.Consistency.V1;
using DaprSocial.EndToEnd.Tests.Mesh;
using DaprSocial.Posts.V1;
using DaprSocial.Timelines.V1;

namespace DaprSocial.EndToEnd.Tests;

/// <summary>While projections stand, who carries the token of an own write sees it, and who carries none is told of the lag.</summary>
[Collection(MeshCollection.Name)]
public sealed class OwnWritesTests(MeshFixture fixture)
{
    private readonly TestMesh _mesh = fixture.Mesh;

    [Fact]
    public async Task Reads_ConsumersPaused_ShowOwnWritesWithTheTokenAndLagWithout()
    {
        var people = await _mesh.CreatePeopleAsync("ann", "ben");
        var (ann, ben) = (people[0], people[1]);
        var old = await _mesh.PostAsync(ann, "old");
        var gone = await _mesh.PostAsync(ann, "gone");
        await _mesh.DrainAsync();
        string token;
        Post open, closed, reply, brief;
        using (_mesh.Broker.PauseSubscriber("posts"))
        using (_mesh.Broker.PauseSubscriber("timelines"))
        await using (await _mesh.Store.HoldProjectionsAsync("posts", "timelines"))
        {
            open = await _mesh.PostAsync(ann, "open");
            closed = await _mesh.PostAsync(ann, "closed", visibility: Visibility.Followers);
            reply = await _mesh.PostAsync(ann, "reply", old);
            brief = await _mesh.PostAsync(ann, "brief");
            await _mesh.DeleteAsync(ann, brief);
            token = await _mesh.DeleteAsync(ann, gone);

            await AssertSeenAsync(Freshness.Types.Source.Merged);
            await AssertOthersDoNotClaimToSeeAsync();
            await AssertLagAsync();
        }

        await _mesh.DrainAsync();
        await _mesh.MeasureLagAsync();
        await AssertSeenAsync(Freshness.Types.Source.Store);
        token = "";
        await AssertSeenAsync(Freshness.Types.Source.Store);

        async Task AssertSeenAsync(Freshness.Types.Source source)
        {
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

        async Task AssertOthersDoNotClaimToSeeAsync()
        {
            var home = await _mesh.Timelines.ListHomeTimelineAsync(
                new ListHomeTimelineRequest { ConsistencyToken = token, MaxWait = MeshActions.ShortWait }, ben.Headers);
            var timeline = await _mesh.Timelines.ListAuthorTimelineAsync(
                new ListAuthorTimelineRequest
                {
                    AuthorId = ann.Id, ConsistencyToken = token, MaxWait = MeshActions.ShortWait,
                },
                ben.Headers);
            Assert.All([home.Freshness, timeline.Freshness], freshness => Assert.Equal(
                (false, Freshness.Types.Reason.Behind), (freshness.Satisfied, freshness.Reason)));
            Assert.Empty(home.Entries);
            Assert.DoesNotContain(closed.Id, timeline.Entries.Select(entry => entry.PostId));
        }

        async Task AssertLagAsync()
        {
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
    }

    [Fact]
    public async Task Home_OwnReplies_AreMergedOnlyWhereHomeHasThem()
    {
        var people = await _mesh.CreatePeopleAsync("ann", "ben", "cid");
        await _mesh.FollowAsync(people[0], people[1]);
        var (followed, stranger) = (await _mesh.PostAsync(people[1], "ben's"), await _mesh.PostAsync(people[2], "cid's"));
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
}
