using DaprSocial.EndToEnd.Tests.Mesh;
using DaprSocial.Posts.V1;
using DaprSocial.Timelines.V1;

namespace DaprSocial.EndToEnd.Tests;

/// <summary>The definition of a home timeline, clause by clause.</summary>
[Collection(MeshCollection.Name)]
public sealed class HomeTimelineTests(MeshFixture fixture)
{
    private readonly TestMesh _mesh = fixture.Mesh;

    [Fact]
    public async Task ListHomeTimeline_OwnFolloweesAndStrangers_HoldsTheFirstTwo()
    {
        var people = await _mesh.CreatePeopleAsync("ann", "ben", "cem", "dan");
        var (ann, ben, cem, dan) = (people[0], people[1], people[2], people[3]);
        await _mesh.FollowAsync(ann, ben);
        await _mesh.FollowAsync(ann, cem);
        await _mesh.FollowAsync(dan, ann);
        var mine = await _mesh.PostAsync(ann, "mine");
        var bens = await _mesh.PostAsync(ben, "ben's");
        var cems = await _mesh.PostAsync(cem, "cem's");
        await _mesh.PostAsync(dan, "dan's");
        var later = await _mesh.PostAsync(ben, "ben's later");
        await _mesh.DrainAsync();

        Assert.Equal(MeshActions.Newest(mine, bens, cems, later), await _mesh.ReadHomeAsync(ann));
        Assert.Equal(MeshActions.Newest(bens, later), await _mesh.ReadHomeAsync(ben));
    }

    [Fact]
    public async Task ListHomeTimeline_NothingToShow_IsEmptyAndComplete()
    {
        var people = await _mesh.CreatePeopleAsync("ann", "ben");
        await _mesh.FollowAsync(people[0], people[1]);
        await _mesh.DrainAsync();

        var page = await _mesh.Timelines.ListHomeTimelineAsync(new ListHomeTimelineRequest(), people[0].Headers);

        Assert.Empty(page.Entries);
        Assert.True(page.Complete);
        Assert.Equal("", page.NextPageToken);
    }

    [Fact]
    public async Task ListHomeTimeline_Replies_OnlyToTheReaderOrToFollowees()
    {
        var people = await _mesh.CreatePeopleAsync("ann", "ben", "cem", "dan");
        var (ann, ben, cem, dan) = (people[0], people[1], people[2], people[3]);
        await _mesh.FollowAsync(ann, ben);
        await _mesh.FollowAsync(ann, cem);
        var anns = await _mesh.PostAsync(ann, "ann's");
        var cems = await _mesh.PostAsync(cem, "cem's");
        var dans = await _mesh.PostAsync(dan, "dan's");
        var toMe = await _mesh.PostAsync(ben, "to ann", anns);
        var toFollowee = await _mesh.PostAsync(ben, "to cem", cems);
        var toStranger = await _mesh.PostAsync(ben, "to dan", dans);
        var ownToFollowee = await _mesh.PostAsync(ann, "ann to cem", cems);
        await _mesh.PostAsync(ann, "ann to dan", dans);
        var ownToSelf = await _mesh.PostAsync(ann, "ann to ann", anns);
        await _mesh.PostAsync(dan, "a stranger to ann", anns);
        await _mesh.PostAsync(ben, "to a reply of dan's", await _mesh.PostAsync(dan, "dan to ben", toStranger));
        await _mesh.DrainAsync();

        Assert.Equal(
            MeshActions.Newest(anns, cems, toMe, toFollowee, ownToFollowee, ownToSelf),
            await _mesh.ReadHomeAsync(ann));
    }

    [Fact]
    public async Task ListHomeTimeline_UnfollowAndRefollow_TakesAwayAndBringsBackAll()
    {
        var people = await _mesh.CreatePeopleAsync("ann", "ben", "cem");
        var (ann, ben, cem) = (people[0], people[1], people[2]);
        await _mesh.FollowAsync(ann, ben);
        await _mesh.FollowAsync(ann, cem);
        var bens = await _mesh.PostAsync(ben, "ben's");
        var cems = await _mesh.PostAsync(cem, "cem's");
        var reply = await _mesh.PostAsync(cem, "cem to ben", bens);
        await _mesh.DrainAsync();
        var before = await _mesh.ReadHomeAsync(ann);
        await _mesh.UnfollowAsync(ann, ben);
        var meanwhile = await _mesh.PostAsync(ben, "while nobody looks");
        await _mesh.DrainAsync();
        var without = await _mesh.ReadHomeAsync(ann);
        await _mesh.FollowAsync(ann, ben);
        await _mesh.DrainAsync();

        Assert.Equal(MeshActions.Newest(bens, cems, reply), before);
        // The reply goes too: its parent's author is not followed any more.
        Assert.Equal([cems.Id], without);
        Assert.Equal(MeshActions.Newest(bens, cems, reply, meanwhile), await _mesh.ReadHomeAsync(ann));
    }

    [Fact]
    public async Task ListHomeTimeline_Deletes_TakePostsAwayAndLeaveReplies()
    {
        var people = await _mesh.CreatePeopleAsync("ann", "ben");
        var (ann, ben) = (people[0], people[1]);
        await _mesh.FollowAsync(ann, ben);
        var parent = await _mesh.PostAsync(ben, "parent");
        var reply = await _mesh.PostAsync(ben, "reply", parent);
        var own = await _mesh.PostAsync(ann, "own");
        await _mesh.DrainAsync();

        await _mesh.DeleteAsync(ben, parent);
        await _mesh.DeleteAsync(ann, own);
        await _mesh.DrainAsync();

        Assert.Equal([reply.Id], await _mesh.ReadHomeAsync(ann));
        Assert.Equal([reply.Id], await _mesh.ReadHomeAsync(ben));
    }

    [Fact]
    public async Task ListHomeTimeline_FollowersOnly_IsThereForAuthorAndFollowers()
    {
        var people = await _mesh.CreatePeopleAsync("ann", "ben", "cem");
        var (ann, ben, cem) = (people[0], people[1], people[2]);
        await _mesh.FollowAsync(ben, ann);
        await _mesh.FollowAsync(cem, ben);
        var closed = await _mesh.PostAsync(ann, "closed", visibility: Visibility.Followers);
        var reply = await _mesh.PostAsync(ben, "closed reply", closed, Visibility.Followers);
        await _mesh.DrainAsync();

        Assert.Equal(MeshActions.Newest(closed), await _mesh.ReadHomeAsync(ann));
        Assert.Equal(MeshActions.Newest(closed, reply), await _mesh.ReadHomeAsync(ben));
        // Of cem's followee, but it answers somebody whom cem does not follow.
        Assert.Empty(await _mesh.ReadHomeAsync(cem));
        await _mesh.FollowAsync(cem, ann);
        await _mesh.DrainAsync();
        Assert.Equal(MeshActions.Newest(closed, reply), await _mesh.ReadHomeAsync(cem));
        await _mesh.UnfollowAsync(ben, ann);
        await _mesh.DrainAsync();
        Assert.Empty(await _mesh.ReadHomeAsync(ben));
    }

    [Fact]
    public async Task ListHomeTimeline_FullView_CarriesPostCountsViewerAndAuthor()
    {
        var people = await _mesh.CreatePeopleAsync("ann", "ben");
        var (ann, ben) = (people[0], people[1]);
        await _mesh.FollowAsync(ann, ben);
        var post = await _mesh.PostAsync(ben, "look");
        await _mesh.PostAsync(ben, "a reply to myself", post);
        await _mesh.LikeAsync(ann, post);
        await _mesh.LikeAsync(ben, post);
        await _mesh.DrainAsync();

        var page = await _mesh.Timelines.ListHomeTimelineAsync(
            new ListHomeTimelineRequest { View = View.Full }, ann.Headers);
        var entry = page.Entries.Single(one => one.PostId == post.Id);

        Assert.Equal(new PostView { Post = post, LikeCount = 2, ReplyCount = 1, ViewerLiked = true }, entry.Post);
        Assert.Equal((ben.Id, ben.Handle), (entry.Author.Id, entry.Author.Handle));
        Assert.Equal((ben.Id, post.CreateTime), (entry.AuthorId, entry.CreateTime));
        Assert.True(page.Freshness.Satisfied);
    }

    [Fact]
    public async Task ListHomeTimeline_IdsView_HoldsTheSameEntriesUnfilled()
    {
        var people = await _mesh.CreatePeopleAsync("ann");
        var posts = await _mesh.PostManyAsync(people[0], 3);
        await _mesh.DrainAsync();

        var page = await _mesh.Timelines.ListHomeTimelineAsync(
            new ListHomeTimelineRequest { View = View.Ids }, people[0].Headers);

        Assert.Equal(MeshActions.Newest(posts), page.Entries.Select(entry => entry.PostId));
        Assert.All(page.Entries, entry => Assert.Equal(people[0].Id, entry.AuthorId));
        Assert.All(page.Entries, entry => Assert.True(entry.Post is null && entry.Author is null));
        Assert.True(page.Complete);
    }
}
