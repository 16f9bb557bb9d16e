using System.Collections.Concurrent;
using System.Text.Json;
using DaprSocial.EndToEnd.Tests.Mesh;
using DaprSocial.Graph.V1;
using DaprSocial.Posts.V1;
using DaprSocial.Sidecar.PubSub;
using DaprSocial.Timelines.V1;

namespace DaprSocial.EndToEnd.Tests;

/// <summary>The broker loses, repeats, holds and turns around; in the end every view is right all the same.</summary>
[Collection(MeshCollection.Name)]
public sealed class DeliveryFaultTests(MeshFixture fixture)
{
    private readonly TestMesh _mesh = fixture.Mesh;

    [Fact]
    public async Task Broker_LosesEverything_LogsRepairAll()
    {
        using var fault = _mesh.Faults.Use(_ => DeliveryPlan.Drop);

        await AssertStoryAsync();
    }

    [Fact]
    public async Task Broker_DeliversEverythingThreeTimes_NothingCountsTwice()
    {
        using var fault = _mesh.Faults.Use(_ => DeliveryPlan.Repeat(3));

        await AssertStoryAsync();
    }

    [Theory]
    [InlineData(10)]
    [InlineData(90)]
    public async Task Broker_DeliversAStreamBackwards_OrderIsRestored(int count)
    {
        // More than the 64 that are held back of one stream: what does not fit is read from the log.
        var people = await _mesh.CreatePeopleAsync("ann");
        var held = new HeldDeliveries("posts", people[0].Id, count * 2);
        List<Post> posts;
        using (_mesh.Faults.Use(held.Plan))
        {
            posts = [.. await _mesh.PostManyAsync(people[0], count - 1)];
            await _mesh.DeleteAsync(people[0], posts[0]);
            await held.AllArrived;
        }

        held.ReleaseBackwards();
        await _mesh.DrainAsync();

        Assert.Equal(MeshActions.Newest(posts.Skip(1)), await _mesh.ReadHomeAsync(people[0], 100));
        Assert.Null(await _mesh.FindAsync(posts[0], people[0]));
    }

    [Fact]
    public async Task Broker_HoldsAnOldStateBack_TheNewerStays()
    {
        var people = await _mesh.CreatePeopleAsync("ann", "ben");
        var (ann, ben) = (people[0], people[1]);
        var post = await _mesh.PostAsync(ann, "liked and not");
        await _mesh.DrainAsync();
        var held = new HeldDeliveries("reactions", ben.Id, 1);
        using (_mesh.Faults.Use(held.Plan))
        {
            await _mesh.LikeAsync(ben, post);
            await held.AllArrived;
        }

        var unliked = await _mesh.UnlikeAsync(ben, post);
        var read = await _mesh.Posts.GetPostAsync(new GetPostRequest
        {
            PostId = post.Id, ConsistencyToken = unliked, MaxWait = MeshActions.LongWait,
        });
        Assert.Equal((true, 0L), (read.Freshness.Satisfied, read.View.LikeCount));
        held.ReleaseBackwards();
        await _mesh.DrainAsync();

        Assert.Equal((0L, false), await LikesAsync(post, ben));
    }

    [Fact]
    public async Task Broker_LosesOneOfThree_TheHoleIsRepairedWithoutHelp()
    {
        var people = await _mesh.CreatePeopleAsync("ann");
        using var fault = _mesh.Faults.Use(delivery => IsVersion(delivery, "posts", people[0], 2)
            ? DeliveryPlan.Drop
            : DeliveryPlan.Normal);
        var posts = await _mesh.PostManyAsync(people[0], 2);
        var last = await _mesh.Posts.CreatePostAsync(new CreatePostRequest { Text = "third" }, people[0].Headers);

        var home = await _mesh.Timelines.ListHomeTimelineAsync(
            new ListHomeTimelineRequest { ConsistencyToken = last.ConsistencyToken, MaxWait = MeshActions.LongWait },
            people[0].Headers);

        Assert.True(home.Freshness.Satisfied);
        Assert.Equal(
            MeshActions.Newest([.. posts, last.Post]), home.Entries.Select(entry => entry.PostId));
    }

    [Fact]
    public async Task Broker_LosesTheLastOfAStream_TheSweepRepairsItWithoutHelp()
    {
        var people = await _mesh.CreatePeopleAsync("ann", "ben");
        using var fault = _mesh.Faults.Use(delivery => IsVersion(delivery, "graph", people[0], 2)
            ? DeliveryPlan.Drop
            : DeliveryPlan.Normal);
        await _mesh.FollowAsync(people[0], people[1]);
        var token = await _mesh.UnfollowAsync(people[0], people[1]);

        var counts = await _mesh.Graph.GetRelationCountsAsync(new GetRelationCountsRequest
        {
            UserId = people[1].Id, ConsistencyToken = token, MaxWait = MeshActions.LongWait,
        });

        Assert.True(counts.Freshness.Satisfied);
        Assert.Equal(0, counts.FollowerCount);
    }

    [Fact]
    public async Task Broker_PausedForOneConsumer_OthersGoOn()
    {
        var people = await _mesh.CreatePeopleAsync("ann");
        CreatePostResponse created;
        using (_mesh.Broker.PauseSubscriber("timelines"))
        await using (await _mesh.Store.HoldProjectionsAsync("timelines"))
        {
            created = await _mesh.Posts.CreatePostAsync(new CreatePostRequest { Text = "text" }, people[0].Headers);
            var post = await _mesh.Posts.GetPostAsync(new GetPostRequest
            {
                PostId = created.Post.Id, ConsistencyToken = created.ConsistencyToken, MaxWait = MeshActions.LongWait,
            });
            Assert.True(post.Freshness.Satisfied);
            Assert.Empty(await _mesh.ReadHomeAsync(people[0]));
        }

        await _mesh.DrainAsync();
        Assert.Equal([created.Post.Id], await _mesh.ReadHomeAsync(people[0]));
    }

    /// <summary>A little of everything, and what must be seen of it after a drain.</summary>
    private async Task AssertStoryAsync()
    {
        var people = await _mesh.CreatePeopleAsync("ann", "ben", "cem");
        var (ann, ben, cem) = (people[0], people[1], people[2]);
        await _mesh.FollowAsync(ann, ben);
        await _mesh.FollowAsync(ann, cem);
        await _mesh.FollowAsync(cem, ann);
        await _mesh.UnfollowAsync(ann, cem);
        var post = await _mesh.PostAsync(ben, "ben's");
        var closed = await _mesh.PostAsync(ben, "closed", visibility: Visibility.Followers);
        var gone = await _mesh.PostAsync(ben, "gone");
        var reply = await _mesh.PostAsync(ann, "a reply", post);
        await _mesh.PostAsync(cem, "cem's");
        await _mesh.DeleteAsync(ben, gone);
        await _mesh.LikeAsync(ann, post);
        await _mesh.LikeAsync(cem, post);
        await _mesh.UnlikeAsync(cem, post);
        await _mesh.Users.UpdateProfileAsync(new() { DisplayName = "Benjamin" }, ben.Headers);
        await _mesh.DrainAsync();

        Assert.Equal(MeshActions.Newest(post, closed, reply), await _mesh.ReadHomeAsync(ann));
        Assert.Equal(MeshActions.Newest(post), await _mesh.ReadAuthorAsync(ben, cem));
        Assert.Equal((1L, true), await LikesAsync(post, ann));
        Assert.Equal(1, (await _mesh.FindAsync(post, null))!.ReplyCount);
        Assert.Equal((1L, 1L), await CountsAsync(ann));
        Assert.Equal((1L, 0L), await CountsAsync(ben));
        Assert.Equal((0L, 1L), await CountsAsync(cem));
        Assert.Equal("Benjamin", (await _mesh.Users.GetUserAsync(new() { UserId = ben.Id })).User.DisplayName);
    }

    private async Task<(long, bool)> LikesAsync(Post post, Person viewer)
    {
        var view = await _mesh.FindAsync(post, viewer);
        return (view!.LikeCount, view.ViewerLiked);
    }

    private async Task<(long Followers, long Followees)> CountsAsync(Person person)
    {
        var counts = await _mesh.Graph.GetRelationCountsAsync(new GetRelationCountsRequest { UserId = person.Id });
        return (counts.FollowerCount, counts.FolloweeCount);
    }

    private static bool IsVersion(Delivery delivery, string topic, Person person, long version) =>
        delivery.Topic == topic && delivery.PartitionKey == person.Id && HeldDeliveries.VersionOf(delivery) == version;

    /// <summary>Takes all deliveries of a stream out of their turn, and lets them go in the opposite order.</summary>
    private sealed class HeldDeliveries(string topic, string stream, int count)
    {
        private readonly ConcurrentDictionary<(string AppId, long Version), TaskCompletionSource> _held = new();
        private readonly TaskCompletionSource _allArrived = new(TaskCreationOptions.RunContinuationsAsynchronously);

        /// <summary>Completes when so many different ones are held.</summary>
        public Task AllArrived => _allArrived.Task.WaitAsync(TimeSpan.FromSeconds(30));

        public DeliveryPlan Plan(Delivery delivery)
        {
            if (delivery.Topic != topic || delivery.PartitionKey != stream)
                return DeliveryPlan.Normal;
            var release = _held.GetOrAdd((delivery.SubscriberAppId, VersionOf(delivery)), _ => new());
            if (_held.Count == count)
                _allArrived.TrySetResult();
            return DeliveryPlan.HoldUntil(release.Task);
        }

        public void ReleaseBackwards()
        {
            foreach (var (_, release) in _held.OrderByDescending(held => held.Key.Version))
                release.SetResult();
        }

        /// <summary>The version in the stream of the event in the envelope.</summary>
        public static long VersionOf(Delivery delivery)
        {
            using var envelope = JsonDocument.Parse(delivery.Payload);
            var version = envelope.RootElement.GetProperty("data").GetProperty("version").GetString();
            return long.Parse(version!, System.Globalization.CultureInfo.InvariantCulture);
        }
    }
}
