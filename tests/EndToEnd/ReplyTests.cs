using DaprSocial.EndToEnd.Tests.Mesh;
using DaprSocial.Posts.V1;

namespace DaprSocial.EndToEnd.Tests;

[Collection(MeshCollection.Name)]
public sealed class ReplyTests(MeshFixture fixture)
{
    private readonly TestMesh _mesh = fixture.Mesh;

    [Fact]
    public async Task ListReplies_DirectRepliesOnly_NewestFirst()
    {
        var people = await _mesh.CreatePeopleAsync("ann", "ben");
        var parent = await _mesh.PostAsync(people[0], "parent");
        var first = await _mesh.PostAsync(people[1], "first", parent);
        var second = await _mesh.PostAsync(people[0], "second", parent);
        await _mesh.PostAsync(people[0], "a reply's reply", first);
        await _mesh.PostAsync(people[1], "elsewhere", await _mesh.PostAsync(people[0], "another parent"));
        await _mesh.LikeAsync(people[0], first);
        await _mesh.DrainAsync();

        var page = await _mesh.Posts.ListRepliesAsync(
            new ListRepliesRequest { PostId = parent.Id }, people[0].Headers);

        Assert.Equal(MeshActions.Newest(first, second), page.Replies.Select(view => view.Post.Id));
        var liked = page.Replies.Single(view => view.Post.Id == first.Id);
        Assert.Equal((first, 1L, 1L, true), (liked.Post, liked.LikeCount, liked.ReplyCount, liked.ViewerLiked));
        Assert.Equal("", page.NextPageToken);
    }

    [Fact]
    public async Task ListReplies_RepliesComeAndGo_CountAndListAgree()
    {
        var people = await _mesh.CreatePeopleAsync("ann", "ben");
        var parent = await _mesh.PostAsync(people[0], "parent");
        var (kept, gone) = (
            await _mesh.PostAsync(people[1], "kept", parent), await _mesh.PostAsync(people[1], "gone", parent));
        await _mesh.DrainAsync();
        var before = await _mesh.FindAsync(parent, null);
        await _mesh.DeleteAsync(people[1], gone);
        await _mesh.DrainAsync();
        var after = await _mesh.FindAsync(parent, null);

        Assert.Equal((2L, 1L), (before!.ReplyCount, after!.ReplyCount));
        Assert.Equal([kept.Id], await _mesh.ReadRepliesAsync(parent, null));
    }

    [Fact]
    public async Task ListReplies_ParentDeleted_RepliesStay()
    {
        var people = await _mesh.CreatePeopleAsync("ann", "ben");
        var parent = await _mesh.PostAsync(people[0], "parent");
        var reply = await _mesh.PostAsync(people[1], "reply", parent);
        await _mesh.DeleteAsync(people[0], parent);
        await _mesh.DrainAsync();

        Assert.Equal([reply.Id], await _mesh.ReadRepliesAsync(parent, people[0]));
    }

    [Fact]
    public async Task ListReplies_PostThatIsNotThere_IsEmpty()
    {
        var answer = await _mesh.Posts.ListRepliesAsync(new ListRepliesRequest { PostId = Guid.NewGuid().ToString() });

        Assert.Empty(answer.Replies);
        Assert.Equal("", answer.NextPageToken);
    }

    [Fact]
    public async Task ListReplies_FollowersOnlyAmongThem_EachReaderSeesOwnShareAtEveryPageSize()
    {
        var people = await _mesh.CreatePeopleAsync("ann", "ben", "cem", "dan");
        var (ann, ben, cem, dan) = (people[0], people[1], people[2], people[3]);
        await _mesh.FollowAsync(cem, ben);
        var parent = await _mesh.PostAsync(ann, "parent");
        var (open, closed) = (new List<Post>(), new List<Post>());
        for (var number = 0; number < 7; number++)
        {
            open.Add(await _mesh.PostAsync(dan, "open", parent));
            // Two in a row, so that pages of one are empty on the way and go on all the same.
            closed.Add(await _mesh.PostAsync(ben, "closed", parent, Visibility.Followers));
            closed.Add(await _mesh.PostAsync(ben, "closed", parent, Visibility.Followers));
        }

        await _mesh.DrainAsync();

        foreach (var size in (int[])[1, 2, 3, 5, 20, 21, 22, 100])
        {
            Assert.Equal(MeshActions.Newest([.. open, .. closed]), await _mesh.ReadRepliesAsync(parent, ben, size));
            Assert.Equal(MeshActions.Newest([.. open, .. closed]), await _mesh.ReadRepliesAsync(parent, cem, size));
            Assert.Equal(MeshActions.Newest(open), await _mesh.ReadRepliesAsync(parent, ann, size));
            Assert.Equal(MeshActions.Newest(open), await _mesh.ReadRepliesAsync(parent, null, size));
        }
    }

    [Fact]
    public async Task ListReplies_RepliesDeletedBetweenPages_TheRestComeOnceEach()
    {
        var people = await _mesh.CreatePeopleAsync("ann");
        var parent = await _mesh.PostAsync(people[0], "parent");
        var replies = new List<Post>();
        for (var number = 0; number < 9; number++)
            replies.Add(await _mesh.PostAsync(people[0], "reply", parent));
        await _mesh.DrainAsync();
        var expected = MeshActions.Newest(replies).ToList();
        // Of the second page the first, and the last that the first page has shown already.
        var (seen, unseen) = (expected[2], expected[3]);
        var isFirst = true;

        var read = await MeshActions.WalkAsync(async token =>
        {
            var request = new ListRepliesRequest { PostId = parent.Id, PageSize = 3, PageToken = token };
            var page = await _mesh.Posts.ListRepliesAsync(request);
            if (isFirst)
            {
                await _mesh.DeleteAsync(people[0], replies.Single(post => post.Id == seen));
                await _mesh.DeleteAsync(people[0], replies.Single(post => post.Id == unseen));
                await _mesh.DrainAsync();
            }

            isFirst = false;
            return (page.Replies.Select(view => view.Post.Id), page.NextPageToken);
        });

        Assert.Equal(expected.Where(id => id != unseen), read);
    }
}
