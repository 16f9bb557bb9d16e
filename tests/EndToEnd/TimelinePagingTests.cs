using DaprSocial.EndToEnd.Tests.Mesh;
using DaprSocial.Posts.V1;
using DaprSocial.Sidecar.PubSub;
using DaprSocial.Timelines.V1;

namespace DaprSocial.EndToEnd.Tests;

[Collection(MeshCollection.Name)]
public sealed class TimelinePagingTests(MeshFixture fixture)
{
    private readonly TestMesh _mesh = fixture.Mesh;

    [Fact]
    public async Task BothTimelines_EveryPageSize_HoldAllOnceInOrder()
    {
        var people = await _mesh.CreatePeopleAsync("ann", "ben", "cem");
        await _mesh.FollowAsync(people[0], people[1]);
        await _mesh.FollowAsync(people[0], people[2]);
        var posts = (await Task.WhenAll(people.Select(person => _mesh.PostManyAsync(person, 7)))).SelectMany(all => all);
        await _mesh.DrainAsync();

        var home = MeshActions.Newest(posts);
        var author = MeshActions.Newest(posts.Where(post => post.AuthorId == people[1].Id));
        for (var size = 1; size <= home.Count + 2; size++)
            Assert.Equal(home, await _mesh.ReadHomeAsync(people[0], size));
        for (var size = 1; size <= author.Count + 2; size++)
            Assert.Equal(author, await _mesh.ReadAuthorAsync(people[1], people[0], size));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public async Task ListHomeTimeline_DeletesAndPostsBetweenPages_TheRestComeOnceEach(int size)
    {
        var people = await _mesh.CreatePeopleAsync("ann", "ben");
        var (ann, ben) = (people[0], people[1]);
        await _mesh.FollowAsync(ann, ben);
        var posts = (await _mesh.PostManyAsync(ben, 12)).OrderByDescending(post => post.Id).ToList();
        await _mesh.DrainAsync();
        var alive = posts.ToList();
        var deleted = new HashSet<string>();
        var seen = new HashSet<string>();

        var read = await MeshActions.WalkAsync(async token =>
        {
            var request = new ListHomeTimelineRequest { PageSize = size, PageToken = token };
            var page = await _mesh.Timelines.ListHomeTimelineAsync(request, ann.Headers);
            seen.UnionWith(page.Entries.Select(entry => entry.PostId));
            // One that the walk has passed, the next one that it would come to, and one more at the top.
            Post?[] victims = [alive.Find(post => seen.Contains(post.Id)), alive.Find(post => !seen.Contains(post.Id))];
            foreach (var victim in victims.OfType<Post>())
            {
                await _mesh.DeleteAsync(ben, victim);
                alive.Remove(victim);
                deleted.Add(victim.Id);
            }

            await _mesh.PostAsync(ben, "new at the top");
            await _mesh.DrainAsync();
            return (page.Entries.Select(entry => entry.PostId), page.NextPageToken);
        });

        Assert.Equal(posts.Select(post => post.Id).Where(id => seen.Contains(id) || !deleted.Contains(id)), read);
    }

    [Fact]
    public async Task ListHomeTimeline_DeletesThatTimelinesDoesNotKnowYet_PageIsRefilled()
    {
        var people = await _mesh.CreatePeopleAsync("ann");
        var posts = (await _mesh.PostManyAsync(people[0], 30)).OrderByDescending(post => post.Id).ToList();
        await _mesh.DrainAsync();
        var expected = posts.Skip(20).Select(post => post.Id).ToList();
        await using (await HideFromTimelinesAsync(people[0], posts.Take(20)))
        {
            var page = await _mesh.Timelines.ListHomeTimelineAsync(
                new ListHomeTimelineRequest { PageSize = 5 }, people[0].Headers);
            var one = await _mesh.Timelines.ListHomeTimelineAsync(
                new ListHomeTimelineRequest { PageSize = 1 }, people[0].Headers);

            Assert.Equal(expected.Take(5), page.Entries.Select(entry => entry.PostId));
            Assert.True(page.Complete);
            // The rounds are bounded: a page may be short, even empty, as long as its token goes on.
            Assert.Empty(one.Entries);
            Assert.NotEqual("", one.NextPageToken);
            foreach (var size in (int[])[1, 3, 5, 10, 11, 30])
            {
                Assert.Equal(expected, await _mesh.ReadHomeAsync(people[0], size));
                Assert.Equal(expected, await _mesh.ReadAuthorAsync(people[0], null, size));
            }
        }

        await _mesh.DrainAsync();
        Assert.Equal(expected, await _mesh.ReadHomeAsync(people[0]));
    }

    [Fact]
    public async Task EveryListing_OversizedPage_IsClamped()
    {
        var people = await _mesh.CreatePeopleAsync("ann");
        var parent = await _mesh.PostAsync(people[0], "parent");
        await Task.WhenAll(Enumerable.Range(0, 101).Select(_ => _mesh.PostAsync(people[0], "reply", parent)));
        await _mesh.Store.InsertFollowersAsync(people[0], 1001);
        await _mesh.Store.InsertFolloweesAsync(people[0], 1001);
        await _mesh.DrainAsync();
        var (id, headers) = (people[0].Id, people[0].Headers);

        var home = await _mesh.Timelines.ListHomeTimelineAsync(new() { PageSize = int.MaxValue }, headers);
        var author = await _mesh.Timelines.ListAuthorTimelineAsync(new() { AuthorId = id, PageSize = 101 });
        var replies = await _mesh.Posts.ListRepliesAsync(new() { PostId = parent.Id, PageSize = 101 });
        var followers = await _mesh.Graph.ListFollowersAsync(new() { UserId = id, PageSize = 5000 });
        var followees = await _mesh.Graph.ListFolloweesAsync(new() { UserId = id, PageSize = int.MaxValue });

        Assert.Equal((100, 100, 100), (home.Entries.Count, author.Entries.Count, replies.Replies.Count));
        Assert.Equal((1000, 1000), (followers.Followers.Count, followees.Followees.Count));
        Assert.All(
            (string[])[
                home.NextPageToken, author.NextPageToken, replies.NextPageToken, followers.NextPageToken,
                followees.NextPageToken,
            ],
            token => Assert.NotEqual("", token));
    }

    [Fact]
    public async Task EveryListing_PageSizeZero_IsFifty()
    {
        var people = await _mesh.CreatePeopleAsync("ann");
        var parent = await _mesh.PostAsync(people[0], "parent");
        await Task.WhenAll(Enumerable.Range(0, 51).Select(_ => _mesh.PostAsync(people[0], "reply", parent)));
        await _mesh.Store.InsertFollowersAsync(people[0], 51);
        await _mesh.DrainAsync();

        var home = await _mesh.Timelines.ListHomeTimelineAsync(new(), people[0].Headers);
        var author = await _mesh.Timelines.ListAuthorTimelineAsync(new() { AuthorId = people[0].Id });
        var replies = await _mesh.Posts.ListRepliesAsync(new() { PostId = parent.Id });
        var followers = await _mesh.Graph.ListFollowersAsync(new() { UserId = people[0].Id });

        Assert.Equal((50, 50, 50, 50), (
            home.Entries.Count, author.Entries.Count, replies.Replies.Count, followers.Followers.Count));
    }

    /// <summary>Deletes posts so that Posts knows it and Timelines does not, until the answer is disposed.</summary>
    private async Task<IAsyncDisposable> HideFromTimelinesAsync(Person author, IEnumerable<Post> posts)
    {
        var held = await _mesh.Store.HoldProjectionsAsync("timelines");
        var token = "";
        using (_mesh.Faults.Use(delivery =>
            delivery.SubscriberAppId == "timelines" ? DeliveryPlan.Drop : DeliveryPlan.Normal))
        {
            foreach (var post in posts)
                token = await _mesh.DeleteAsync(author, post);
            var read = await _mesh.Posts.BatchGetPostsAsync(new BatchGetPostsRequest
            {
                PostIds = { posts.Select(post => post.Id) }, ConsistencyToken = token, MaxWait = MeshActions.LongWait,
            });
            Assert.True(read.Freshness.Satisfied);
            Assert.Empty(read.Views);
        }

        return held;
    }
}
