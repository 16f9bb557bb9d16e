using DaprSocial.EndToEnd.Tests.Mesh;
using DaprSocial.Posts.V1;
using DaprSocial.Timelines.V1;

namespace DaprSocial.EndToEnd.Tests;

[Collection(MeshCollection.Name)]
public sealed class AuthorTimelineTests(MeshFixture fixture)
{
    private readonly TestMesh _mesh = fixture.Mesh;

    [Fact]
    public async Task ListAuthorTimeline_AuthorFollowerStrangerAndNobody_EachSeesOwnShare()
    {
        var people = await _mesh.CreatePeopleAsync("ann", "ben", "cem");
        var (author, follower, stranger) = (people[0], people[1], people[2]);
        await _mesh.FollowAsync(follower, author);
        var strangers = await _mesh.PostAsync(stranger, "not the author's");
        var open = await _mesh.PostAsync(author, "open");
        var closed = await _mesh.PostAsync(author, "closed", visibility: Visibility.Followers);
        var reply = await _mesh.PostAsync(author, "to a stranger", strangers);
        var deleted = await _mesh.PostAsync(author, "deleted");
        await _mesh.DeleteAsync(author, deleted);
        await _mesh.DrainAsync();

        Assert.Equal(MeshActions.Newest(open, closed, reply), await _mesh.ReadAuthorAsync(author, author));
        Assert.Equal(MeshActions.Newest(open, closed, reply), await _mesh.ReadAuthorAsync(author, follower));
        Assert.Equal(MeshActions.Newest(open, reply), await _mesh.ReadAuthorAsync(author, stranger));
        Assert.Equal(MeshActions.Newest(open, reply), await _mesh.ReadAuthorAsync(author, null));
        await _mesh.UnfollowAsync(follower, author);
        await _mesh.DrainAsync();
        Assert.Equal(MeshActions.Newest(open, reply), await _mesh.ReadAuthorAsync(author, follower));
    }

    [Fact]
    public async Task ListAuthorTimeline_FullView_CarriesCountsOfTheViewerAsked()
    {
        var people = await _mesh.CreatePeopleAsync("ann", "ben");
        var post = await _mesh.PostAsync(people[0], "likeable");
        await _mesh.LikeAsync(people[1], post);
        await _mesh.DrainAsync();
        var request = new ListAuthorTimelineRequest { AuthorId = people[0].Id };

        var liker = Assert.Single(
            (await _mesh.Timelines.ListAuthorTimelineAsync(request, people[1].Headers)).Entries);
        var author = Assert.Single(
            (await _mesh.Timelines.ListAuthorTimelineAsync(request, people[0].Headers)).Entries);
        var nobody = Assert.Single((await _mesh.Timelines.ListAuthorTimelineAsync(request)).Entries);

        Assert.Equal(new PostView { Post = post, LikeCount = 1, ViewerLiked = true }, liker.Post);
        Assert.Equal(new PostView { Post = post, LikeCount = 1 }, author.Post);
        Assert.Equal(new PostView { Post = post, LikeCount = 1 }, nobody.Post);
        Assert.Equal(people[0].Handle, nobody.Author.Handle);
    }

    [Fact]
    public async Task ListAuthorTimeline_Nobody_IsEmpty()
    {
        var request = new ListAuthorTimelineRequest { AuthorId = Guid.NewGuid().ToString() };

        var page = await _mesh.Timelines.ListAuthorTimelineAsync(request);

        Assert.Empty(page.Entries);
        Assert.True(page.Complete);
    }

    [Fact]
    public async Task UpdateProfile_NewName_StandsInTimelines()
    {
        var people = await _mesh.CreatePeopleAsync("ann");
        await _mesh.PostAsync(people[0], "before the new name");
        await _mesh.Users.UpdateProfileAsync(new() { DisplayName = "A new name" }, people[0].Headers);
        await _mesh.DrainAsync();

        var page = await _mesh.Timelines.ListAuthorTimelineAsync(
            new ListAuthorTimelineRequest { AuthorId = people[0].Id });

        Assert.Equal("A new name", Assert.Single(page.Entries).Author.DisplayName);
    }
}
