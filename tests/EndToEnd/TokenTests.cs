using DaprSocial.Consistency;
using DaprSocial.Consistency.V1;
using DaprSocial.EndToEnd.Tests.Mesh;
using DaprSocial.Graph.V1;
using DaprSocial.Posts.V1;
using DaprSocial.Timelines.V1;
using DaprSocial.Users.V1;
using Grpc.Core.Interceptors;

namespace DaprSocial.EndToEnd.Tests;

/// <summary>Who carries the token of a write reads the write, on every service, or is told that it is not there yet.</summary>
[Collection(MeshCollection.Name)]
public sealed class TokenTests(MeshFixture fixture)
{
    private readonly TestMesh _mesh = fixture.Mesh;

    [Fact]
    public async Task EveryService_ReadWithTheTokenOfAWrite_SeesIt()
    {
        var (ann, ben) = (await _mesh.CreatePersonAsync("ann"), await _mesh.CreatePersonAsync("ben"));

        var user = await _mesh.Users.GetUserAsync(
            new GetUserRequest { UserId = ben.Id, ConsistencyToken = ben.Token, MaxWait = MeshActions.LongWait });
        var follow = await _mesh.Graph.FollowAsync(
            new FollowRequest { FolloweeId = ben.Id, ConsistencyToken = ben.Token }, ann.Headers);
        var followees = await _mesh.Graph.ListFolloweesAsync(new ListFolloweesRequest
        {
            UserId = ann.Id, ConsistencyToken = follow.ConsistencyToken, MaxWait = MeshActions.LongWait,
        });
        var created = await _mesh.Posts.CreatePostAsync(
            new CreatePostRequest { Text = "closed", Visibility = Visibility.Followers }, ben.Headers);
        var read = await _mesh.Posts.GetPostAsync(
            new GetPostRequest
            {
                PostId = created.Post.Id, ConsistencyToken = created.ConsistencyToken, MaxWait = MeshActions.LongWait,
            },
            ben.Headers);
        var home = await _mesh.Timelines.ListHomeTimelineAsync(
            new ListHomeTimelineRequest
            {
                ConsistencyToken = Merge(follow.ConsistencyToken, created.ConsistencyToken),
                MaxWait = MeshActions.LongWait,
            },
            ann.Headers);

        Assert.Equal(ben.Handle, user.User.Handle);
        Assert.Equal([ben.Id], followees.Followees.Select(relation => relation.UserId));
        Assert.Equal(created.Post, read.View.Post);
        Assert.Equal(created.Post, Assert.Single(home.Entries).Post.Post);
        // What is ben's own may have come before its projection did.
        if (read.Freshness.Source == Freshness.Types.Source.Merged)
            read.Freshness.Source = Freshness.Types.Source.Store;
        Assert.All(
            [user.Freshness, followees.Freshness, read.Freshness, home.Freshness],
            freshness => Assert.Equal(
                new Freshness { Satisfied = true, Source = Freshness.Types.Source.Store }, freshness));
    }

    [Fact]
    public async Task EverySession_InterceptorCarriesTheTokens_NothingWrittenIsMissed()
    {
        var session = new ConsistencyInterceptor();
        var users = new UserService.UserServiceClient(_mesh.Clients.InvokerOf("users").Intercept(session));
        var graph = new GraphService.GraphServiceClient(_mesh.Clients.InvokerOf("graph").Intercept(session));
        var posts = new PostService.PostServiceClient(_mesh.Clients.InvokerOf("posts").Intercept(session));
        var timelines = new TimelineService.TimelineServiceClient(
            _mesh.Clients.InvokerOf("timelines").Intercept(session));
        var ann = (await users.CreateUserAsync(new CreateUserRequest { Handle = "session_ann" })).User;
        var ben = (await users.CreateUserAsync(new CreateUserRequest { Handle = "session_ben" })).User;
        var (asAnn, asBen) = (Person.HeadersOf(ann.Id), Person.HeadersOf(ben.Id));

        for (var round = 0; round < 5; round++)
        {
            await graph.FollowAsync(new FollowRequest { FolloweeId = ben.Id }, asAnn);
            var post = (await posts.CreatePostAsync(new CreatePostRequest { Text = "now" }, asBen)).Post;
            await posts.LikePostAsync(new LikePostRequest { PostId = post.Id }, asAnn);
            var home = await timelines.ListHomeTimelineAsync(
                new ListHomeTimelineRequest { MaxWait = MeshActions.LongWait }, asAnn);
            Assert.Equal(new PostView { Post = post, LikeCount = 1, ViewerLiked = true }, home.Entries[0].Post);
            await posts.DeletePostAsync(new DeletePostRequest { PostId = post.Id }, asBen);
            await graph.UnfollowAsync(new UnfollowRequest { FolloweeId = ben.Id }, asAnn);
            home = await timelines.ListHomeTimelineAsync(
                new ListHomeTimelineRequest { MaxWait = MeshActions.LongWait }, asAnn);
            Assert.Empty(home.Entries);
        }
    }

    [Fact]
    public async Task GetUser_UsersPaused_SaysBehindUntilResumed()
    {
        var person = await _mesh.CreatePersonAsync("ann");
        await _mesh.DrainAsync();
        var request = new GetUserRequest { UserId = person.Id, MaxWait = MeshActions.ShortWait };

        await AssertBehindThenSatisfiedAsync("users", "users", async () =>
        {
            var answer = await _mesh.Users.UpdateProfileAsync(
                new UpdateProfileRequest { DisplayName = "changed" }, person.Headers);
            request.ConsistencyToken = answer.ConsistencyToken;
        }, async () => (await _mesh.Users.GetUserAsync(request)).Freshness);

        Assert.Equal("changed", (await _mesh.Users.GetUserAsync(request)).User.DisplayName);
    }

    [Theory]
    [InlineData("posts")]
    [InlineData("reactions")]
    public async Task GetPost_TopicPaused_SaysBehindUntilResumed(string topic)
    {
        var people = await _mesh.CreatePeopleAsync("ann");
        var post = await _mesh.PostAsync(people[0], "first");
        await _mesh.DrainAsync();
        var request = new GetPostRequest { PostId = post.Id, MaxWait = MeshActions.ShortWait };

        await AssertBehindThenSatisfiedAsync(topic, "posts", async () =>
        {
            request.ConsistencyToken = topic == "reactions"
                ? await _mesh.LikeAsync(people[0], post)
                : (await _mesh.Posts.CreatePostAsync(
                    new CreatePostRequest { Text = "second", ReplyTo = post.Id }, people[0].Headers)).ConsistencyToken;
        }, async () => (await _mesh.Posts.GetPostAsync(request)).Freshness);

        var view = (await _mesh.Posts.GetPostAsync(request)).View;
        Assert.Equal(topic == "reactions" ? (1L, 0L) : (0L, 1L), (view.LikeCount, view.ReplyCount));
    }

    [Fact]
    public async Task GetRelationCounts_GraphPaused_SaysBehindUntilResumed()
    {
        var people = await _mesh.CreatePeopleAsync("ann", "ben");
        var request = new GetRelationCountsRequest { UserId = people[0].Id, MaxWait = MeshActions.ShortWait };

        await AssertBehindThenSatisfiedAsync(
            "graph", "graph",
            async () => request.ConsistencyToken = await _mesh.FollowAsync(people[0], people[1]),
            async () => (await _mesh.Graph.GetRelationCountsAsync(request)).Freshness);

        Assert.Equal(1, (await _mesh.Graph.GetRelationCountsAsync(request)).FolloweeCount);
    }

    [Theory]
    [InlineData("posts")]
    [InlineData("graph")]
    public async Task ListHomeTimeline_TopicPaused_SaysBehindUntilResumed(string topic)
    {
        var people = await _mesh.CreatePeopleAsync("ann", "ben");
        var post = await _mesh.PostAsync(people[1], "ben's");
        await _mesh.DrainAsync();
        var request = new ListHomeTimelineRequest { MaxWait = MeshActions.ShortWait };

        await AssertBehindThenSatisfiedAsync(topic, "timelines", async () =>
        {
            request.ConsistencyToken = topic == "graph"
                ? await _mesh.FollowAsync(people[0], people[1])
                : (await _mesh.Posts.CreatePostAsync(
                    new CreatePostRequest { Text = "ben's next" }, people[1].Headers)).ConsistencyToken;
        }, async () => (await _mesh.Timelines.ListHomeTimelineAsync(request, people[0].Headers)).Freshness);

        var home = await _mesh.Timelines.ListHomeTimelineAsync(request, people[0].Headers);
        Assert.Equal(topic == "graph" ? [post.Id] : [], home.Entries.Select(entry => entry.PostId));
    }

    [Theory]
    [InlineData("users")]
    [InlineData("reactions")]
    public async Task ListHomeTimeline_ServiceBehindItPaused_SaysBehindUntilResumed(string topic)
    {
        var people = await _mesh.CreatePeopleAsync("ann");
        var post = await _mesh.PostAsync(people[0], "mine");
        await _mesh.DrainAsync();
        var request = new ListHomeTimelineRequest { MaxWait = MeshActions.ShortWait };

        await AssertBehindThenSatisfiedAsync(topic, topic == "users" ? "users" : "posts", async () =>
        {
            request.ConsistencyToken = topic == "reactions"
                ? await _mesh.LikeAsync(people[0], post)
                : (await _mesh.Users.UpdateProfileAsync(
                    new UpdateProfileRequest { DisplayName = "changed" }, people[0].Headers)).ConsistencyToken;
        }, async () => (await _mesh.Timelines.ListHomeTimelineAsync(request, people[0].Headers)).Freshness);
    }

    [Fact]
    public async Task EveryService_TokenOfATopicThatItDoesNotConsume_IsIgnored()
    {
        var people = await _mesh.CreatePeopleAsync("ann", "ben");
        await _mesh.DrainAsync();
        using var pause = _mesh.Broker.PauseTopic("posts");
        await using var held = await _mesh.Store.HoldProjectionsAsync("users", "graph", "posts", "timelines");
        var token = (await _mesh.Posts.CreatePostAsync(
            new CreatePostRequest { Text = "nobody knows" }, people[0].Headers)).ConsistencyToken;

        var user = await _mesh.Users.GetUserAsync(
            new GetUserRequest { UserId = people[0].Id, ConsistencyToken = token, MaxWait = MeshActions.LongWait });
        var counts = await _mesh.Graph.GetRelationCountsAsync(new GetRelationCountsRequest
        {
            UserId = people[0].Id, ConsistencyToken = token, MaxWait = MeshActions.LongWait,
        });

        Assert.True(user.Freshness.Satisfied && counts.Freshness.Satisfied);
        // What the answer names is no less than what was asked for.
        Assert.Contains(
            ConsistencyToken.Parse(token).Streams.Single(), ConsistencyToken.Parse(user.ConsistencyToken).Streams);
        await held.DisposeAsync();
        pause.Dispose();
        await _mesh.DrainAsync();
    }

    [Fact]
    public async Task GetPost_LikeIsAppliedBeforeItsPost_IsCounted()
    {
        var people = await _mesh.CreatePeopleAsync("ann", "ben");
        await _mesh.DrainAsync();
        using (_mesh.Broker.PauseTopic("posts"))
        {
            var created = await _mesh.Posts.CreatePostAsync(new CreatePostRequest { Text = "text" }, people[0].Headers);
            var liked = await _mesh.Posts.LikePostAsync(
                new LikePostRequest { PostId = created.Post.Id }, people[1].Headers);
            var request = new GetPostRequest
            {
                PostId = created.Post.Id, ConsistencyToken = liked.ConsistencyToken, MaxWait = MeshActions.LongWait,
            };

            var read = await _mesh.Posts.GetPostAsync(request, people[1].Headers);

            Assert.Equal(
                (true, 1L, true), (read.Freshness.Satisfied, read.View.LikeCount, read.View.ViewerLiked));
        }

        await _mesh.DrainAsync();
    }

    [Fact]
    public async Task GetPost_DeadlineBeforeTheEndOfTheWait_AnswersInTime()
    {
        var people = await _mesh.CreatePeopleAsync("ann");
        using (_mesh.Broker.PauseTopic("posts"))
        await using (await _mesh.Store.HoldProjectionsAsync("posts"))
        {
            var created = await _mesh.Posts.CreatePostAsync(new CreatePostRequest { Text = "text" }, people[0].Headers);
            var request = new GetPostRequest
            {
                PostId = created.Post.Id, ConsistencyToken = created.ConsistencyToken, MaxWait = MeshActions.LongWait,
            };

            var read = await _mesh.Posts.GetPostAsync(
                request, deadline: TimeProvider.System.GetUtcNow().UtcDateTime.AddSeconds(3));

            Assert.Equal((false, created.Post), (read.Freshness.Satisfied, read.View.Post));
        }

        await _mesh.DrainAsync();
    }

    [Fact]
    public async Task GetPost_StreamParkedAtABrokenEvent_SaysParked()
    {
        var people = await _mesh.CreatePeopleAsync("ann", "ben");
        var before = await _mesh.PostAsync(people[0], "before");
        await _mesh.Store.AppendBrokenPostAsync(people[0]);
        var after = await _mesh.Posts.CreatePostAsync(new CreatePostRequest { Text = "after" }, people[0].Headers);
        var other = await _mesh.PostAsync(people[1], "another stream");
        await _mesh.DrainAsync();
        var request = new BatchGetPostsRequest
        {
            PostIds = { before.Id, after.Post.Id, other.Id }, ConsistencyToken = after.ConsistencyToken,
            MaxWait = MeshActions.LongWait,
        };

        var answer = await _mesh.Posts.BatchGetPostsAsync(request);

        Assert.Equal((false, Freshness.Types.Reason.Parked), (answer.Freshness.Satisfied, answer.Freshness.Reason));
        Assert.True(answer.Freshness.Lag.ToTimeSpan() > TimeSpan.Zero);
        // A public post is served from the command side all the same.
        Assert.Equal([before.Id, after.Post.Id, other.Id], answer.Views.Select(view => view.Post.Id));
        Assert.Equal(Freshness.Types.Source.Merged, answer.Freshness.Source);
    }

    [Fact]
    public async Task BatchGetPosts_NotProjectedYet_IsServedFromTheCommandSideWhereNothingElseMustBeKnown()
    {
        var people = await _mesh.CreatePeopleAsync("ann", "ben");
        await _mesh.FollowAsync(people[1], people[0]);
        await _mesh.DrainAsync();
        using (_mesh.Broker.PauseTopic("posts"))
        await using (await _mesh.Store.HoldProjectionsAsync("posts"))
        {
            var post = await _mesh.PostAsync(people[0], "just now");
            var closed = await _mesh.PostAsync(people[0], "closed", visibility: Visibility.Followers);
            var deleted = await _mesh.PostAsync(people[0], "deleted");
            await _mesh.DeleteAsync(people[0], deleted);
            var request = new BatchGetPostsRequest { PostIds = { post.Id, closed.Id, deleted.Id } };

            var byAuthor = await _mesh.Posts.BatchGetPostsAsync(request, people[0].Headers);
            var byFollower = await _mesh.Posts.BatchGetPostsAsync(request, people[1].Headers);
            var byNobody = await _mesh.Posts.BatchGetPostsAsync(request);

            Assert.Equal([new PostView { Post = post }, new PostView { Post = closed }], byAuthor.Views);
            Assert.Equal([new PostView { Post = post }], byFollower.Views);
            Assert.Equal([closed.Id], byFollower.UndecidedIds);
            Assert.Equal([deleted.Id], byFollower.MissingIds);
            Assert.Equal([closed.Id, deleted.Id], byNobody.MissingIds);
            Assert.Equal(Freshness.Types.Source.Merged, byFollower.Freshness.Source);
        }

        await _mesh.DrainAsync();
    }

    [Fact]
    public async Task ListHomeTimeline_FollowersPostThatPostsDoesNotKnowYet_IsLeftOutAndSaidSo()
    {
        var people = await _mesh.CreatePeopleAsync("ann", "ben");
        await _mesh.FollowAsync(people[1], people[0]);
        await _mesh.DrainAsync();
        using (_mesh.Broker.PauseSubscriber("posts"))
        await using (await _mesh.Store.HoldProjectionsAsync("posts"))
        {
            var closed = await _mesh.Posts.CreatePostAsync(
                new CreatePostRequest { Text = "closed", Visibility = Visibility.Followers }, people[0].Headers);
            var ids = await _mesh.Timelines.ListHomeTimelineAsync(
                new ListHomeTimelineRequest
                {
                    View = View.Ids, ConsistencyToken = closed.ConsistencyToken, MaxWait = MeshActions.LongWait,
                },
                people[1].Headers);
            var full = await _mesh.Timelines.ListHomeTimelineAsync(new ListHomeTimelineRequest(), people[1].Headers);

            Assert.Equal([closed.Post.Id], ids.Entries.Select(entry => entry.PostId));
            Assert.Empty(full.Entries);
            Assert.False(full.Complete);
        }

        await _mesh.DrainAsync();
        Assert.Single(await _mesh.ReadHomeAsync(people[1]));
    }

    /// <summary>
    /// Writes while a topic is paused and a service's projections stand: a read that waits a little is told how far
    /// behind it is; after the end of the pause the same read is satisfied.
    /// </summary>
    private async Task AssertBehindThenSatisfiedAsync(
        string topic, string appId, Func<Task> writeAsync, Func<Task<Freshness>> readAsync)
    {
        using (_mesh.Broker.PauseTopic(topic))
        await using (await _mesh.Store.HoldProjectionsAsync(appId))
        {
            await writeAsync();
            await _mesh.SequenceAsync();
            var behind = await readAsync();
            Assert.Equal((false, Freshness.Types.Reason.Behind), (behind.Satisfied, behind.Reason));
            Assert.True(behind.Lag?.ToTimeSpan() > TimeSpan.Zero, $"Lag is {behind.Lag}");
        }

        await _mesh.DrainAsync();
        var satisfied = await readAsync();
        Assert.Equal((true, Freshness.Types.Reason.Unspecified), (satisfied.Satisfied, satisfied.Reason));
        Assert.Equal(TimeSpan.Zero, satisfied.Lag?.ToTimeSpan() ?? TimeSpan.Zero);
    }

    private static string Merge(string one, string other) =>
        ConsistencyToken.Parse(one).Merge(ConsistencyToken.Parse(other)).ToString();
}
