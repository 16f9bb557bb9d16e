using DaprSocial.EndToEnd.Tests.Mesh;
using DaprSocial.Posts.V1;
using DaprSocial.Projections.V1;
using DaprSocial.Testing;
using DaprSocial.Timelines.V1;
using DaprSocial.Users.V1;
using Grpc.Core;
using StackExchange.Redis;
using static DaprSocial.Consistency.V1.Freshness.Types;

namespace DaprSocial.EndToEnd.Tests;

/// <summary>A mesh whose services use their cache answers as one without, only from somewhere else.</summary>
public sealed class CacheTests(CachedMesh fixture) : IClassFixture<CachedMesh>, IAsyncLifetime
{
    private ConnectionMultiplexer? _redis;

    private TestMesh Mesh => fixture.Mesh;

    public async Task InitializeAsync() => _redis = await ConnectionMultiplexer.ConnectAsync(TestRedis.Endpoint);

    public Task DisposeAsync() => _redis?.CloseAsync() ?? Task.CompletedTask;

    [Fact]
    public async Task GetPost_Again_IsFromTheCacheWithTheCountsOfNow()
    {
        var people = await Mesh.CreatePeopleAsync("ann", "ben", "cid");
        var post = await Mesh.PostAsync(people[0], "text", visibility: Visibility.Followers);
        await Mesh.FollowAsync(people[1], people[0]);
        await Mesh.DrainAsync();

        var first = await ReadPostAsync(post, people[1]);
        await Mesh.LikeAsync(people[1], post);
        await Mesh.PostAsync(people[0], "reply", post);
        await Mesh.DrainAsync();
        var second = await ReadPostAsync(post, people[1]);

        Assert.Equal((new PostView { Post = post }, Source.Store), (first.View, first.Freshness.Source));
        Assert.Equal(
            (new PostView { Post = post, LikeCount = 1, ReplyCount = 1, ViewerLiked = true }, Source.Cache),
            (second.View, second.Freshness.Source));
        Assert.Null(await Mesh.FindAsync(post, people[2]));
    }

    [Fact]
    public async Task Home_Again_IsTheSameAndNamesOfNow()
    {
        var people = await Mesh.CreatePeopleAsync("ann", "ben");
        var (reader, author) = (people[0], people[1]);
        await Mesh.FollowAsync(reader, author);
        await Mesh.PostManyAsync(author, 5);
        await Mesh.DrainAsync();

        var first = await ReadHomeAsync(reader);
        var second = await ReadHomeAsync(reader);
        await Mesh.Users.UpdateProfileAsync(new UpdateProfileRequest { DisplayName = "Benno" }, author.Headers);
        await Mesh.DrainAsync();
        var third = await ReadHomeAsync(reader);

        Assert.Equal(5, first.Count);
        Assert.Equal(first, second);
        Assert.All(third, entry => Assert.Equal("Benno", entry.Author.DisplayName));
        Assert.Equal(first.Select(entry => entry.Post), third.Select(entry => entry.Post));
    }

    [Fact]
    public async Task GetPost_DeletedAfterItWasCached_IsGone()
    {
        var people = await Mesh.CreatePeopleAsync("ann", "ben");
        var post = await Mesh.PostAsync(people[0], "text");
        await Mesh.DrainAsync();
        await ReadPostAsync(post, people[1]);

        await Mesh.DeleteAsync(people[0], post);
        await Mesh.DrainAsync();

        Assert.Null(await Mesh.FindAsync(post, people[1]));
        Assert.Null(await Mesh.FindAsync(post, people[0]));
    }

    [Fact]
    public async Task GetPost_CacheIsOlderThanTheToken_ReadsTheStore()
    {
        var people = await Mesh.CreatePeopleAsync("ann", "ben");
        var post = await Mesh.PostAsync(people[0], "text");
        await Mesh.DrainAsync();
        await ReadPostAsync(post, people[1]);
        var restoreAsync = await SaveAsync($"posts||post:1:{post.Id}");
        var token = await Mesh.DeleteAsync(people[0], post);
        await Mesh.DrainAsync();
        await restoreAsync();

        var stale = await ReadPostAsync(post, people[1]);
        var refusal = await Assert.ThrowsAsync<RpcException>(async () => await Mesh.Posts.GetPostAsync(
            new GetPostRequest { PostId = post.Id, ConsistencyToken = token }, people[1].Headers));
        var mended = await Mesh.FindAsync(post, people[1]);

        Assert.Equal((post, Source.Cache), (stale.View.Post, stale.Freshness.Source));
        Assert.Equal(StatusCode.NotFound, refusal.StatusCode);
        Assert.Null(mended);
    }

    [Fact]
    public async Task GetPost_CacheIsOlderThanWhatTheAuthorWrote_ReadsTheStore()
    {
        var people = await Mesh.CreatePeopleAsync("ann", "ben");
        var post = await Mesh.PostAsync(people[0], "text");
        await Mesh.DrainAsync();
        await ReadPostAsync(post, people[1]);
        var restoreAsync = await SaveAsync($"posts||post:1:{post.Id}");
        await Mesh.DeleteAsync(people[0], post);
        await Mesh.DrainAsync();
        await restoreAsync();

        // No token, but the answer's own names the author's stream as read.
        Assert.Null(await Mesh.FindAsync(post, people[0]));
    }

    [Fact]
    public async Task GetUser_CacheIsOlderThanTheToken_ReadsTheStore()
    {
        var people = await Mesh.CreatePeopleAsync("ann", "ben");
        var request = new GetUserRequest { UserId = people[0].Id };
        var before = await Mesh.Users.GetUserAsync(request, people[1].Headers);
        var restoreAsync = await SaveAsync($"users||user:1:{people[0].Id}");
        var update = await Mesh.Users.UpdateProfileAsync(
            new UpdateProfileRequest { DisplayName = "Anna" }, people[0].Headers);
        await Mesh.DrainAsync();
        var told = await Mesh.Users.GetUserAsync(request, people[1].Headers);
        await restoreAsync();

        var stale = await Mesh.Users.GetUserAsync(request, people[1].Headers);
        request.ConsistencyToken = update.ConsistencyToken;
        var fresh = await Mesh.Users.GetUserAsync(request, people[1].Headers);

        Assert.Equal(("Anna", Source.Cache), (told.User.DisplayName, told.Freshness.Source));
        Assert.Equal((before.User, Source.Cache), (stale.User, stale.Freshness.Source));
        Assert.Equal(("Anna", Source.Store), (fresh.User.DisplayName, fresh.Freshness.Source));
    }

    [Fact]
    public async Task GetUser_ErasedAfterItWasCached_IsGone()
    {
        var people = await Mesh.CreatePeopleAsync("ann", "ben");
        var request = new GetUserRequest { UserId = people[0].Id };
        await Mesh.Users.GetUserAsync(request, people[1].Headers);

        await Mesh.Users.EraseUserAsync(new Users.V1.EraseUserRequest { UserId = people[0].Id });
        await Mesh.DrainAsync();

        var refusal = await Assert.ThrowsAsync<RpcException>(
            async () => await Mesh.Users.GetUserAsync(request, people[1].Headers));
        Assert.Equal(StatusCode.NotFound, refusal.StatusCode);
    }

    [Fact]
    public async Task Flip_ToAnotherVersion_ReadsNothingThatIsCachedOfTheFirst()
    {
        var people = await Mesh.CreatePeopleAsync("ann", "ben");
        var post = await Mesh.PostAsync(people[0], "text");
        await Mesh.DrainAsync();
        var before = new[] { await ReadPostAsync(post, people[1]), await ReadPostAsync(post, people[1]) };
        using (var call = Mesh.ProjectionOf("posts").RebuildProjection(new RebuildProjectionRequest()))
            await call.ResponseStream.ReadAllAsync().LastAsync();
        await Mesh.ProjectionOf("posts").FlipProjectionAsync(new FlipProjectionRequest { Version = 2 });

        var after = new[] { await ReadPostAsync(post, people[1]), await ReadPostAsync(post, people[1]) };
        await Mesh.ProjectionOf("posts").FlipProjectionAsync(new FlipProjectionRequest { Version = 1 });

        Assert.Equal([Source.Store, Source.Cache], before.Select(answer => answer.Freshness.Source));
        Assert.Equal([Source.Store, Source.Cache], after.Select(answer => answer.Freshness.Source));
        Assert.All(after, answer => Assert.Equal(before[0].View, answer.View));
    }

    private async Task<GetPostResponse> ReadPostAsync(Post post, Person reader) =>
        await Mesh.Posts.GetPostAsync(new GetPostRequest { PostId = post.Id }, reader.Headers);

    private async Task<IReadOnlyList<TimelineEntry>> ReadHomeAsync(Person reader)
    {
        var home = await Mesh.Timelines.ListHomeTimelineAsync(
            new ListHomeTimelineRequest { View = View.Full }, reader.Headers);
        Assert.True(home.Complete);
        return [.. home.Entries];
    }

    /// <summary>What Redis has under a key, to be brought back as by a restore from an older snapshot.</summary>
    private async Task<Func<Task>> SaveAsync(string key)
    {
        var redis = _redis!.GetDatabase();
        var fields = await redis.HashGetAllAsync(key);
        Assert.NotEmpty(fields);
        return () => redis.HashSetAsync(key, fields);
    }
}
