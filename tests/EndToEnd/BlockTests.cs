using DaprSocial.EndToEnd.Tests.Mesh;
using DaprSocial.Graph.V1;
using DaprSocial.Posts.V1;
using DaprSocial.Sidecar.PubSub;
using DaprSocial.Timelines.V1;
using Grpc.Core;

namespace DaprSocial.EndToEnd.Tests;

/// <summary>Who blocks another has nothing to do with them any more, in either direction and in every view.</summary>
[Collection(MeshCollection.Name)]
public sealed class BlockTests(MeshFixture fixture)
{
    private const int PairCount = 20;

    private readonly TestMesh _mesh = fixture.Mesh;

    [Fact]
    public async Task Block_WhoFollowEachOther_EndsBothAndHidesEachFromTheOther()
    {
        var people = await _mesh.CreatePeopleAsync("ann", "ben", "cem");
        var (ann, ben, cem) = (people[0], people[1], people[2]);
        await MakeFriendsAsync(ann, ben, cem);
        var post = await _mesh.PostAsync(cem, "parent");
        var ofAnn = await _mesh.PostAsync(ann, "ann's", post);
        var ofBen = await _mesh.PostAsync(ben, "ben's", post);
        await _mesh.DrainAsync();
        await AssertSeesAsync(ann, ben, ofBen, post, sees: true);
        await AssertSeesAsync(ben, ann, ofAnn, post, sees: true);

        await _mesh.BlockAsync(ann, ben);
        await _mesh.DrainAsync();

        await AssertSeesAsync(ann, ben, ofBen, post, sees: false);
        await AssertSeesAsync(ben, ann, ofAnn, post, sees: false);
        await AssertSeesAsync(cem, ann, ofAnn, post, sees: true);
        await AssertSeesAsync(cem, ben, ofBen, post, sees: true);
        await AssertSeesAsync(ann, ann, ofAnn, post, sees: true);
        Assert.NotNull(await _mesh.FindAsync(ofAnn, null));
        Assert.Equal((false, false, true), await RelationAsync(ann, ben));
        Assert.Equal((false, false, true), await RelationAsync(ben, ann));
        Assert.Equal((true, true, false), await RelationAsync(ann, cem));
        await AssertCountsAsync(ann, 1, 1);
        await AssertCountsAsync(ben, 1, 1);

        await _mesh.UnblockAsync(ann, ben);
        await _mesh.DrainAsync();

        Assert.Equal((false, false, false), await RelationAsync(ann, ben));
        Assert.NotNull(await _mesh.FindAsync(ofAnn, ben));
        Assert.Equal([ofAnn.Id], await _mesh.ReadAuthorAsync(ann, ben));
        Assert.DoesNotContain(ofAnn.Id, await _mesh.ReadHomeAsync(ben));
    }

    [Fact]
    public async Task Block_OwnToken_TheNextReadsShowNothingMore()
    {
        var people = await _mesh.CreatePeopleAsync("ann", "ben");
        var (ann, ben) = (people[0], people[1]);
        var post = await _mesh.PostAsync(ben, "ben's");
        await _mesh.FollowAsync(ann, ben);
        await _mesh.DrainAsync();

        var token = await _mesh.BlockAsync(ann, ben);
        var home = await _mesh.Timelines.ListHomeTimelineAsync(
            new ListHomeTimelineRequest { ConsistencyToken = token, MaxWait = MeshActions.LongWait }, ann.Headers);
        var author = await _mesh.Timelines.ListAuthorTimelineAsync(
            new ListAuthorTimelineRequest
            {
                AuthorId = ben.Id, View = View.Ids, ConsistencyToken = token, MaxWait = MeshActions.LongWait,
            },
            ann.Headers);
        var batch = await _mesh.Posts.BatchGetPostsAsync(
            new BatchGetPostsRequest
            {
                PostIds = { post.Id }, ConsistencyToken = token, MaxWait = MeshActions.LongWait,
            },
            ann.Headers);

        Assert.True(home.Freshness.Satisfied && author.Freshness.Satisfied && batch.Freshness.Satisfied);
        Assert.Empty(home.Entries);
        Assert.Empty(author.Entries);
        Assert.Equal([post.Id], batch.MissingIds);
    }

    [Fact]
    public async Task Block_AgainAndUnblockAgain_ChangeNothing()
    {
        var people = await _mesh.CreatePeopleAsync("ann", "ben");
        var block = new BlockRequest { UserId = people[1].Id };
        var unblock = new UnblockRequest { UserId = people[1].Id };
        var headers = people[0].Headers;

        var none = await _mesh.Graph.UnblockAsync(unblock, headers);
        var first = await _mesh.Graph.BlockAsync(block, headers);
        var rows = await _mesh.Store.CountAsync();
        var second = await _mesh.Graph.BlockAsync(block, headers);
        Assert.Equal(rows, await _mesh.Store.CountAsync());
        var ended = await _mesh.Graph.UnblockAsync(unblock, headers);

        Assert.Equal(
            (false, true, false, true), (none.Changed, first.Changed, second.Changed, ended.Changed));
        Assert.Equal(first.ConsistencyToken, second.ConsistencyToken);
    }

    [Fact]
    public async Task Follow_BlockedEitherWay_IsRefusedUntilUnblocked()
    {
        var people = await _mesh.CreatePeopleAsync("ann", "ben");
        var (ann, ben) = (people[0], people[1]);
        await _mesh.BlockAsync(ann, ben);

        foreach (var (follower, followee) in ((Person, Person)[])[(ann, ben), (ben, ann)])
        {
            await _mesh.AssertRefusedAsync(
                () => _mesh.Graph.FollowAsync(new FollowRequest { FolloweeId = followee.Id }, follower.Headers),
                StatusCode.FailedPrecondition, "BLOCKED");
        }

        await _mesh.UnblockAsync(ann, ben);
        Assert.NotEmpty(await _mesh.FollowAsync(ben, ann));
        Assert.NotEmpty(await _mesh.FollowAsync(ann, ben));
    }

    [Fact]
    public async Task LikeAndReply_BlockedEitherWay_AreRefusedAndAnOldLikeCanEnd()
    {
        var people = await _mesh.CreatePeopleAsync("ann", "ben");
        var (ann, ben) = (people[0], people[1]);
        var (ofAnn, ofBen) = (await _mesh.PostAsync(ann, "ann's"), await _mesh.PostAsync(ben, "ben's"));
        await _mesh.LikeAsync(ben, ofAnn);
        await _mesh.BlockAsync(ann, ben);
        await _mesh.DrainAsync();

        foreach (var (person, post) in ((Person, Post)[])[(ann, ofBen), (ben, ofAnn)])
        {
            await _mesh.AssertRefusedAsync(
                () => _mesh.Posts.CreatePostAsync(
                    new CreatePostRequest { Text = "an answer", ReplyTo = post.Id }, person.Headers),
                StatusCode.FailedPrecondition, "BLOCKED");
        }

        await _mesh.AssertRefusedAsync(
            () => _mesh.Posts.LikePostAsync(new LikePostRequest { PostId = ofBen.Id }, ann.Headers),
            StatusCode.FailedPrecondition, "BLOCKED");
        Assert.True((await _mesh.Posts.UnlikePostAsync(
            new UnlikePostRequest { PostId = ofAnn.Id }, ben.Headers)).Changed);
    }

    [Fact]
    public async Task FollowAndBlock_AtOnce_AreNeverBoth()
    {
        var people = await _mesh.CreatePeopleAsync([.. Enumerable.Range(0, PairCount * 2).Select(_ => "pair")]);
        var pairs = people.Chunk(2).Select(pair => (One: pair[0], Other: pair[1])).ToList();

        await Task.WhenAll(pairs.SelectMany(pair => (Task[])
        [
            TryFollowAsync(pair.One, pair.Other), _mesh.BlockAsync(pair.Other, pair.One),
            TryFollowAsync(pair.Other, pair.One),
        ]));
        await _mesh.DrainAsync();

        foreach (var (one, other) in pairs)
            Assert.Equal((false, false, true), await RelationAsync(one, other));
    }

    /// <summary>Two users' events have no order of their own: whichever come first, the end is the same.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task FollowBlockUnblockFollow_OneUsersEventsComeLate_EndsTheSame(bool blockersAreLate)
    {
        var people = await _mesh.CreatePeopleAsync("fan", "star");
        var (fan, star) = (people[0], people[1]);
        var late = (blockersAreLate ? star : fan).Id;
        var release = new TaskCompletionSource();
        using (_mesh.Faults.Use(delivery => delivery.Topic == "graph" && delivery.PartitionKey == late
            ? DeliveryPlan.HoldUntil(release.Task)
            : DeliveryPlan.Normal))
        {
            await _mesh.FollowAsync(fan, star);
            await _mesh.BlockAsync(star, fan);
            var unblocked = await _mesh.UnblockAsync(star, fan);
            var followed = await _mesh.FollowAsync(fan, star);
            await WaitAsync(blockersAreLate ? followed : unblocked);
            release.SetResult();
            await _mesh.DrainAsync();
        }

        Assert.Equal((true, false, false), await RelationAsync(fan, star));
        await AssertCountsAsync(star, 1, 0);
        var post = await _mesh.PostAsync(star, "seen again");
        await _mesh.DrainAsync();
        Assert.Equal([post.Id], await _mesh.ReadHomeAsync(fan));
    }

    [Fact]
    public async Task ListBlocks_Some_NewestFirstAndForTheActorAlone()
    {
        var people = await _mesh.CreatePeopleAsync("ann", "ben", "cem", "dan");
        var ann = people[0];
        var before = TimeProvider.System.GetUtcNow();
        foreach (var other in people.Skip(1))
            await _mesh.BlockAsync(ann, other);
        await _mesh.UnblockAsync(ann, people[1]);
        await _mesh.BlockAsync(ann, people[1]);
        await _mesh.UnblockAsync(ann, people[2]);
        await _mesh.DrainAsync();

        for (var size = 1; size <= 3; size++)
            Assert.Equal([people[1].Id, people[3].Id], await ReadBlocksAsync(ann, size));
        Assert.Empty(await ReadBlocksAsync(people[1], 0));
        var page = await _mesh.Graph.ListBlocksAsync(new ListBlocksRequest { PageSize = 1 }, ann.Headers);
        Assert.InRange(
            page.Blocks[0].BlockTime.ToDateTimeOffset(), before.AddMilliseconds(-1), TimeProvider.System.GetUtcNow());
        await _mesh.AssertRefusedAsync(
            () => _mesh.Graph.ListBlocksAsync(new ListBlocksRequest()), StatusCode.Unauthenticated, "ACTOR_MISSING");
        await _mesh.AssertRefusedAsync(
            () => _mesh.Graph.ListBlocksAsync(
                new ListBlocksRequest { PageToken = page.NextPageToken }, people[1].Headers),
            StatusCode.InvalidArgument, "INVALID_PAGE_TOKEN", "page_token");
    }

    /// <summary>Completes when Graph and Timelines have applied what a token names.</summary>
    private async Task WaitAsync(string token)
    {
        var counts = await _mesh.Graph.GetRelationCountsAsync(new GetRelationCountsRequest
        {
            UserId = Guid.NewGuid().ToString(), ConsistencyToken = token, MaxWait = MeshActions.LongWait,
        });
        var timeline = await _mesh.Timelines.ListAuthorTimelineAsync(new ListAuthorTimelineRequest
        {
            AuthorId = Guid.NewGuid().ToString(), ConsistencyToken = token, MaxWait = MeshActions.LongWait,
        });
        Assert.True(counts.Freshness.Satisfied && timeline.Freshness.Satisfied);
    }

    private async Task MakeFriendsAsync(params Person[] people)
    {
        foreach (var one in people)
        {
            foreach (var other in people.Where(other => other != one))
                await _mesh.FollowAsync(one, other);
        }
    }

    private async Task TryFollowAsync(Person follower, Person followee)
    {
        try
        {
            await _mesh.FollowAsync(follower, followee);
        }
        catch (RpcException refusal) when (refusal.StatusCode == StatusCode.FailedPrecondition)
        {
            // The block came first.
        }
    }

    /// <summary>Every view in which one user's post can show to another.</summary>
    private async Task AssertSeesAsync(Person reader, Person author, Post post, Post parent, bool sees)
    {
        Assert.Equal(sees, (await _mesh.ReadHomeAsync(reader)).Contains(post.Id));
        Assert.Equal(sees, (await _mesh.ReadRepliesAsync(parent, reader)).Contains(post.Id));
        Assert.Equal(sees, await _mesh.FindAsync(post, reader) is not null);
        foreach (var view in (View[])[View.Full, View.Ids])
        {
            var page = await _mesh.Timelines.ListAuthorTimelineAsync(
                new ListAuthorTimelineRequest { AuthorId = author.Id, View = view }, reader.Headers);
            Assert.Equal(sees ? [post.Id] : [], page.Entries.Select(entry => entry.PostId));
        }

        if (sees)
            await _mesh.Posts.GetPostAsync(new GetPostRequest { PostId = post.Id }, reader.Headers);
        else
        {
            await _mesh.AssertRefusedAsync(
                () => _mesh.Posts.GetPostAsync(new GetPostRequest { PostId = post.Id }, reader.Headers),
                StatusCode.NotFound, "POST_NOT_FOUND", "post_id");
        }
    }

    private async Task<(bool Following, bool FollowedBy, bool Blocked)> RelationAsync(Person one, Person other)
    {
        var answer = await _mesh.Graph.BatchGetRelationshipsAsync(
            new BatchGetRelationshipsRequest { UserId = one.Id, OtherUserIds = { other.Id } });
        var relation = Assert.Single(answer.Relationships);
        return (relation.Following, relation.FollowedBy, relation.Blocked);
    }

    private async Task AssertCountsAsync(Person person, long followers, long followees)
    {
        var counts = await _mesh.Graph.GetRelationCountsAsync(new GetRelationCountsRequest { UserId = person.Id });
        Assert.Equal((followers, followees), (counts.FollowerCount, counts.FolloweeCount));
    }

    private Task<IReadOnlyList<string>> ReadBlocksAsync(Person person, int size) =>
        MeshActions.WalkAsync(async token =>
        {
            var page = await _mesh.Graph.ListBlocksAsync(
                new ListBlocksRequest { PageSize = size, PageToken = token }, person.Headers);
            return (page.Blocks.Select(block => block.UserId), page.NextPageToken);
        });
}
