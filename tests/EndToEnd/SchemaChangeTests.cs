using DaprSocial.Ctl.Mesh;
using DaprSocial.EndToEnd.Tests.Mesh;
using DaprSocial.Graph.V1;
using DaprSocial.Posts.V1;
using DaprSocial.Projections.V1;
using DaprSocial.Sidecar.PubSub;
using DaprSocial.Users.V1;

namespace DaprSocial.EndToEnd.Tests;

/// <summary>
/// Writers of a next version run before the consumers do: with fields, enum values and types of events that today's
/// consumers do not know.
/// </summary>
public sealed class SchemaChangeTests : OwnMesh
{
    [Fact]
    public async Task EventsOfANextVersion_WithNewFields_AreAppliedAsFarAsTheyAreKnown()
    {
        var people = await Mesh.CreatePeopleAsync("ann", "ben", "cat");
        var (ann, ben, cat) = (people[0], people[1], people[2]);
        Person dan = null!;
        List<Post> posts = [];
        await WriteAsNextVersionAsync(async () =>
        {
            dan = await Mesh.CreatePersonAsync("dan");
            await Mesh.Users.UpdateProfileAsync(new UpdateProfileRequest { Bio = "changed" }, ann.Headers);
            posts.AddRange(await Mesh.PostManyAsync(ben, 3));
            await Mesh.DeleteAsync(ben, posts[0]);
            await Mesh.FollowAsync(ann, ben);
            await Mesh.FollowAsync(ann, cat);
            await Mesh.UnfollowAsync(ann, cat);
            await Mesh.LikeAsync(ann, posts[1]);
            await Mesh.LikeAsync(cat, posts[1]);
            await Mesh.UnlikeAsync(cat, posts[1]);
            await Mesh.PostAsync(cat, "a reply", posts[1]);
        });

        await AssertNothingParkedAsync();
        Assert.Equal("changed", (await GetUserAsync(ann)).Bio);
        Assert.Equal(dan.Handle, (await GetUserAsync(dan)).Handle);
        Assert.Equal(MeshActions.Newest(posts[1..]), await Mesh.ReadHomeAsync(ann));
        Assert.Equal(MeshActions.Newest(posts[1..]), await Mesh.ReadAuthorAsync(ben, null));
        var view = (await Mesh.FindAsync(posts[1], ann))!;
        Assert.Equal((posts[1], 1, 1, true), (view.Post, view.LikeCount, view.ReplyCount, view.ViewerLiked));
        Assert.Null(await Mesh.FindAsync(posts[0], ann));
        var counts = await Mesh.Graph.GetRelationCountsAsync(new GetRelationCountsRequest { UserId = ann.Id });
        Assert.Equal((0, 1), (counts.FollowerCount, counts.FolloweeCount));
    }

    [Fact]
    public async Task EventOfANextVersion_OfANewType_IsPassedOver()
    {
        var people = await Mesh.CreatePeopleAsync("ann");
        var before = await Mesh.PostAsync(people[0], "before");
        await Mesh.Store.AppendPostEventAsync(
            people[0], "daprsocial.posts.v2.PostPinned", $$"""{"rank":7,"pin":{"postId":"{{before.Id}}"} }""");
        var after = await Mesh.PostAsync(people[0], "after");
        await Mesh.DrainAsync();

        await AssertNothingParkedAsync();
        Assert.Equal(MeshActions.Newest(before, after), await Mesh.ReadHomeAsync(people[0]));
    }

    [Fact]
    public async Task PostOfANextVersion_WithANewVisibility_IsShownToItsAuthorOnly()
    {
        var people = await Mesh.CreatePeopleAsync("ann", "ben");
        var (author, follower) = (people[0], people[1]);
        await Mesh.FollowAsync(follower, author);
        Post post = null!;
        await WriteAsNextVersionAsync(
            async () => post = await Mesh.PostAsync(author, "narrow", visibility: Visibility.Followers), visibility: 7);

        await AssertNothingParkedAsync();
        Assert.Equal([post.Id], await Mesh.ReadHomeAsync(author));
        Assert.Equal([post.Id], await Mesh.ReadAuthorAsync(author, author));
        Assert.NotNull(await Mesh.FindAsync(post, author));
        Assert.Empty(await Mesh.ReadHomeAsync(follower));
        Assert.Empty(await Mesh.ReadAuthorAsync(author, follower));
        Assert.Null(await Mesh.FindAsync(post, follower));
        Assert.Null(await Mesh.FindAsync(post, null));
    }

    /// <summary>What writers do meanwhile reaches every consumer as a next version would have written it.</summary>
    private async Task WriteAsNextVersionAsync(Func<Task> writeAsync, int? visibility = null)
    {
        using (Mesh.Faults.Use(_ => DeliveryPlan.Drop))
        {
            await using (await Mesh.Store.HoldProjectionsAsync(MeshApps.Services))
            {
                var marks = await Mesh.Store.ReadHeadsAsync();
                await writeAsync();
                await Mesh.PublishAsync();
                await Mesh.Store.MakeNextVersionAsync(marks, visibility);
            }

            await Mesh.DrainAsync();
        }
    }

    private async Task<User> GetUserAsync(Person person) =>
        (await Mesh.Users.GetUserAsync(new GetUserRequest { UserId = person.Id })).User;

    private async Task AssertNothingParkedAsync()
    {
        foreach (var appId in MeshApps.Services)
        {
            Assert.Empty(
                (await Mesh.ProjectionOf(appId).ListParkedStreamsAsync(new ListParkedStreamsRequest())).Streams);
        }
    }
}
