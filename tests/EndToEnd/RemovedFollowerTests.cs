using DaprSocial.EndToEnd.Tests.Mesh;
using DaprSocial.Posts.V1;
using DaprSocial.Sidecar.PubSub;
using DaprSocial.Timelines.V1;
using Grpc.Core;

namespace DaprSocial.EndToEnd.Tests;

/// <summary>
/// Remove a follower, then post to followers with the removal's token: the removed one must never see the post, however
/// late the removal reaches the services. (A follower is removed by unfollowing: there is no other way yet.)
/// </summary>
[Collection(MeshCollection.Name)]
public sealed class RemovedFollowerTests(MeshFixture fixture)
{
    private readonly TestMesh _mesh = fixture.Mesh;

    [Theory]
    [InlineData("graph", "timelines")]
    [InlineData("graph")]
    [InlineData("timelines")]
    public async Task EveryRead_RemovalLateAndPostInTime_RemovedFollowerNeverSeesIt(params string[] lateApps)
    {
        var people = await _mesh.CreatePeopleAsync("author", "friend", "removed");
        var (author, friend, removed) = (people[0], people[1], people[2]);
        await _mesh.FollowAsync(friend, author);
        await _mesh.FollowAsync(removed, author);
        var parent = await _mesh.PostAsync(author, "parent");
        await _mesh.DrainAsync();
        var release = new TaskCompletionSource();
        CreatePostResponse created;
        using (_mesh.Faults.Use(delivery => delivery.Topic == "graph" && lateApps.Contains(delivery.SubscriberAppId)
            ? DeliveryPlan.HoldUntil(release.Task)
            : DeliveryPlan.Normal))
        {
            var removal = await _mesh.UnfollowAsync(removed, author);
            created = await _mesh.Posts.CreatePostAsync(
                new CreatePostRequest
                {
                    Text = "not for the removed", ReplyTo = parent.Id, Visibility = Visibility.Followers,
                    ConsistencyToken = removal,
                },
                author.Headers);
            await WaitForPostAsync(author, created);

            await AssertUnseenAsync(removed, author, parent, created);
            Assert.Equal(
                MeshActions.Newest(parent, created.Post), await _mesh.ReadAuthorAsync(author, author));
            release.SetResult();
        }

        await AssertUnseenAsync(removed, author, parent, created);
        await _mesh.DrainAsync();
        await AssertUnseenAsync(removed, author, parent, created);
        await AssertSeenAsync(friend, author, parent, created.Post);
    }

    [Fact]
    public async Task ListHomeTimeline_FollowersPostOfOneAuthorUndecided_ThoseOfOthersAreThere()
    {
        var people = await _mesh.CreatePeopleAsync("ann", "ben", "cem");
        var (reader, plain, odd) = (people[0], people[1], people[2]);
        await _mesh.FollowAsync(reader, plain);
        await _mesh.FollowAsync(reader, odd);
        await _mesh.FollowAsync(plain, odd);
        await _mesh.DrainAsync();
        var shown = await _mesh.PostAsync(plain, "for followers", visibility: Visibility.Followers);
        foreach (var after in (string[])[
            ForgedTokens.Forge(plain.Token, stream => stream.Version = long.MaxValue),
            ForgedTokens.Forge(plain.Token, stream => stream.Topic = "graph", Guid.NewGuid()),
        ])
            await _mesh.PostAsync(odd, "after what never was", visibility: Visibility.Followers, after: after);
        await _mesh.DrainAsync();

        var home = await _mesh.Timelines.ListHomeTimelineAsync(new ListHomeTimelineRequest(), reader.Headers);

        Assert.Contains(shown.Id, home.Entries.Select(entry => entry.PostId));
        Assert.NotNull(await _mesh.FindAsync(shown, reader));
    }

    /// <summary>Completes when Posts and Timelines have applied the post, so that nothing but the removal hides it.</summary>
    private async Task WaitForPostAsync(Person author, CreatePostResponse created)
    {
        var view = await _mesh.Posts.GetPostAsync(
            new GetPostRequest
            {
                PostId = created.Post.Id, ConsistencyToken = created.ConsistencyToken, MaxWait = MeshActions.LongWait,
            },
            author.Headers);
        var timeline = await _mesh.Timelines.ListAuthorTimelineAsync(
            new ListAuthorTimelineRequest
            {
                AuthorId = author.Id, View = View.Ids, ConsistencyToken = created.ConsistencyToken,
                MaxWait = MeshActions.LongWait,
            },
            author.Headers);
        Assert.True(view.Freshness.Satisfied && timeline.Freshness.Satisfied);
    }

    private async Task AssertUnseenAsync(Person removed, Person author, Post parent, CreatePostResponse created)
    {
        var post = created.Post;
        foreach (var view in (View[])[View.Full, View.Ids])
        {
            var home = await _mesh.Timelines.ListHomeTimelineAsync(
                new ListHomeTimelineRequest { View = view }, removed.Headers);
            Assert.DoesNotContain(post.Id, home.Entries.Select(entry => entry.PostId));
            var timeline = await _mesh.Timelines.ListAuthorTimelineAsync(
                new ListAuthorTimelineRequest { AuthorId = author.Id, View = view }, removed.Headers);
            Assert.DoesNotContain(post.Id, timeline.Entries.Select(entry => entry.PostId));
        }

        Assert.DoesNotContain(post.Id, await _mesh.ReadRepliesAsync(parent, removed));
        Assert.Null(await _mesh.FindAsync(post, removed));
        var withToken = await _mesh.Posts.BatchGetPostsAsync(
            new BatchGetPostsRequest
            {
                PostIds = { post.Id }, ConsistencyToken = created.ConsistencyToken, MaxWait = MeshActions.ShortWait,
            },
            removed.Headers);
        Assert.Empty(withToken.Views);
        var refusal = await Assert.ThrowsAsync<RpcException>(async () =>
            await _mesh.Posts.GetPostAsync(new GetPostRequest { PostId = post.Id }, removed.Headers));
        if (refusal.StatusCode == StatusCode.NotFound)
            Refusal.Check(refusal, StatusCode.NotFound, "POST_NOT_FOUND", "post_id");
        else
            Refusal.Check(refusal, StatusCode.Unavailable, "DEPENDENCY_UNAVAILABLE", field: null);
    }

    private async Task AssertSeenAsync(Person friend, Person author, Post parent, Post post)
    {
        Assert.Contains(post.Id, await _mesh.ReadHomeAsync(friend));
        Assert.Contains(post.Id, await _mesh.ReadAuthorAsync(author, friend));
        Assert.Contains(post.Id, await _mesh.ReadRepliesAsync(parent, friend));
        Assert.NotNull(await _mesh.FindAsync(post, friend));
    }
}
