using DaprSocial.EndToEnd.Tests.Mesh;
using DaprSocial.Posts.V1;
using Grpc.Core;

namespace DaprSocial.EndToEnd.Tests;

[Collection(MeshCollection.Name)]
public sealed class PostTests(MeshFixture fixture)
{
    private readonly TestMesh _mesh = fixture.Mesh;

    [Fact]
    public async Task CreatePost_EveryField_IsReadBackAsCreated()
    {
        var people = await _mesh.CreatePeopleAsync("ann");
        var request = new CreatePostRequest
        {
            Text = "Grüße <b>&amp;</b> \"quoted\" \\ \u2028 🧑‍🚀 \t\r\n end", Language = "de-CH",
            Visibility = Visibility.Unspecified,
        };

        var created = (await _mesh.Posts.CreatePostAsync(request, people[0].Headers)).Post;
        await _mesh.DrainAsync();
        var read = await _mesh.Posts.GetPostAsync(new GetPostRequest { PostId = created.Id });

        Assert.Equal(
            new Post
            {
                Id = created.Id, AuthorId = people[0].Id, Text = request.Text, Language = "de-ch",
                Visibility = Visibility.Public, CreateTime = created.CreateTime,
            },
            created);
        Assert.Equal(new PostView { Post = created }, read.View);
        Assert.InRange(
            created.CreateTime.ToDateTimeOffset() - TimeProvider.System.GetUtcNow(),
            TimeSpan.FromMinutes(-1), TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task CreatePost_RepliesToReplies_StandInOneThread()
    {
        var people = await _mesh.CreatePeopleAsync("ann", "ben");
        var root = await _mesh.PostAsync(people[0], "root");

        var reply = await _mesh.PostAsync(people[1], "reply", root);
        var answer = await _mesh.PostAsync(people[0], "answer", reply);

        Assert.Equal(("", "", ""), (root.ReplyTo, root.ParentAuthorId, root.RootId));
        Assert.Equal((root.Id, people[0].Id, root.Id), (reply.ReplyTo, reply.ParentAuthorId, reply.RootId));
        Assert.Equal((reply.Id, people[1].Id, root.Id), (answer.ReplyTo, answer.ParentAuthorId, answer.RootId));
        Assert.True(string.CompareOrdinal(root.Id, reply.Id) < 0 && string.CompareOrdinal(reply.Id, answer.Id) < 0);
    }

    [Fact]
    public async Task CreatePost_OneAuthorManyAtOnce_IdsAreInTheOrderOfTheEvents()
    {
        var people = await _mesh.CreatePeopleAsync("ann");

        await Task.WhenAll(Enumerable.Range(0, 20).Select(number => _mesh.PostAsync(people[0], $"{number}")));
        await _mesh.DrainAsync();
        var events = await EventLogTests.ReplayAsync(_mesh, "posts", "posts", people[0]);

        Assert.Equal(Enumerable.Range(1, 20).Select(version => (long)version), events.Select(row => row.Version));
        var ids = events.Select(row => row.EntityId).ToList();
        Assert.Equal(ids.Order(StringComparer.Ordinal), ids);
        Assert.Equal(20, ids.Distinct().Count());
    }

    [Fact]
    public async Task BatchGetPosts_DeletedHiddenUnknownAndRepeated_AnswersEachOnceInTheOrderAsked()
    {
        var people = await _mesh.CreatePeopleAsync("ann", "ben");
        var (ann, ben) = (people[0], people[1]);
        var (open, other) = (await _mesh.PostAsync(ann, "open"), await _mesh.PostAsync(ben, "other"));
        var hidden = await _mesh.PostAsync(ann, "hidden", visibility: Visibility.Followers);
        var deleted = await _mesh.PostAsync(ann, "deleted");
        await _mesh.DeleteAsync(ann, deleted);
        await _mesh.DrainAsync();
        var unknown = Guid.NewGuid().ToString();
        var request = new BatchGetPostsRequest
        {
            PostIds = { deleted.Id, other.Id, unknown, open.Id, hidden.Id, other.Id, unknown },
        };

        var answer = await _mesh.Posts.BatchGetPostsAsync(request, ben.Headers);

        Assert.Equal([other.Id, open.Id], answer.Views.Select(view => view.Post.Id));
        Assert.Equal([deleted.Id, unknown, hidden.Id], answer.MissingIds);
        Assert.Empty(answer.UndecidedIds);
    }

    [Fact]
    public async Task DeletePost_Twice_SecondChangesNothing()
    {
        var people = await _mesh.CreatePeopleAsync("ann");
        var post = await _mesh.PostAsync(people[0], "short-lived");
        var request = new DeletePostRequest { PostId = post.Id };

        var first = await _mesh.Posts.DeletePostAsync(request, people[0].Headers);
        var rows = await _mesh.Store.CountAsync();
        var second = await _mesh.Posts.DeletePostAsync(request, people[0].Headers);

        Assert.True(first.Changed);
        Assert.False(second.Changed);
        Assert.Equal(first.ConsistencyToken, second.ConsistencyToken);
        Assert.Equal(rows, await _mesh.Store.CountAsync());
        await _mesh.DrainAsync();
        await _mesh.AssertRefusedAsync(
            () => _mesh.Posts.GetPostAsync(new GetPostRequest { PostId = post.Id }, people[0].Headers),
            StatusCode.NotFound, "POST_NOT_FOUND", "post_id");
    }

    [Fact]
    public async Task LikePost_LikesAndUnlikes_CountsAndViewerStateFollow()
    {
        var people = await _mesh.CreatePeopleAsync("ann", "ben", "cem");
        var post = await _mesh.PostAsync(people[0], "likeable");
        var like = new LikePostRequest { PostId = post.Id };

        var first = await _mesh.Posts.LikePostAsync(like, people[1].Headers);
        var again = await _mesh.Posts.LikePostAsync(like, people[1].Headers);
        await _mesh.Posts.LikePostAsync(like, people[0].Headers);
        await _mesh.DrainAsync();
        var byLiker = await _mesh.FindAsync(post, people[1]);
        var byOther = await _mesh.FindAsync(post, people[2]);
        var byNobody = await _mesh.FindAsync(post, null);

        Assert.True(first.Changed);
        Assert.False(again.Changed);
        Assert.Equal((2L, true), (byLiker!.LikeCount, byLiker.ViewerLiked));
        Assert.Equal((2L, false), (byOther!.LikeCount, byOther.ViewerLiked));
        Assert.Equal((2L, false), (byNobody!.LikeCount, byNobody.ViewerLiked));
    }

    [Fact]
    public async Task UnlikePost_LikedUnlikedAndLikedAgain_EndsAsTheLastSaid()
    {
        var people = await _mesh.CreatePeopleAsync("ann", "ben");
        var post = await _mesh.PostAsync(people[0], "on and off");
        var unlike = new UnlikePostRequest { PostId = post.Id };

        var never = await _mesh.Posts.UnlikePostAsync(unlike, people[1].Headers);
        await _mesh.LikeAsync(people[1], post);
        var ended = await _mesh.Posts.UnlikePostAsync(unlike, people[1].Headers);
        await _mesh.DrainAsync();
        var without = await _mesh.FindAsync(post, people[1]);
        await _mesh.LikeAsync(people[1], post);
        await _mesh.DrainAsync();
        var with = await _mesh.FindAsync(post, people[1]);

        Assert.False(never.Changed);
        Assert.True(ended.Changed);
        Assert.Equal((0L, false), (without!.LikeCount, without.ViewerLiked));
        Assert.Equal((1L, true), (with!.LikeCount, with.ViewerLiked));
    }

    [Fact]
    public async Task GetPost_FollowersOnly_IsThereForAuthorAndFollowersAlone()
    {
        var people = await _mesh.CreatePeopleAsync("ann", "ben", "cem");
        var (author, follower, stranger) = (people[0], people[1], people[2]);
        await _mesh.FollowAsync(follower, author);
        await _mesh.FollowAsync(author, stranger);
        var post = await _mesh.PostAsync(author, "for friends", visibility: Visibility.Followers);
        await _mesh.DrainAsync();
        var request = new GetPostRequest { PostId = post.Id };

        Assert.Equal(post, (await _mesh.Posts.GetPostAsync(request, author.Headers)).View.Post);
        Assert.Equal(post, (await _mesh.Posts.GetPostAsync(request, follower.Headers)).View.Post);
        await _mesh.AssertRefusedAsync(
            () => _mesh.Posts.GetPostAsync(request, stranger.Headers),
            StatusCode.NotFound, "POST_NOT_FOUND", "post_id");
        await _mesh.AssertRefusedAsync(
            () => _mesh.Posts.GetPostAsync(request), StatusCode.NotFound, "POST_NOT_FOUND", "post_id");
    }
}
