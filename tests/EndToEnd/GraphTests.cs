using DaprSocial.EndToEnd.Tests.Mesh;
using DaprSocial.Graph.V1;

namespace DaprSocial.EndToEnd.Tests;

[Collection(MeshCollection.Name)]
public sealed class GraphTests(MeshFixture fixture)
{
    private readonly TestMesh _mesh = fixture.Mesh;

    [Fact]
    public async Task Follow_ThenUnfollowThenFollow_EveryViewEndsAsTheLastSaid()
    {
        var people = await _mesh.CreatePeopleAsync("ann", "ben");
        var (ann, ben) = (people[0], people[1]);

        await _mesh.FollowAsync(ann, ben);
        await _mesh.DrainAsync();
        await AssertRelationAsync(ann, ben, isFollowing: true);
        await _mesh.UnfollowAsync(ann, ben);
        await _mesh.DrainAsync();
        await AssertRelationAsync(ann, ben, isFollowing: false);
        await _mesh.FollowAsync(ann, ben);
        await _mesh.DrainAsync();
        await AssertRelationAsync(ann, ben, isFollowing: true);
    }

    [Fact]
    public async Task Follow_Again_ChangesNothing()
    {
        var people = await _mesh.CreatePeopleAsync("ann", "ben");
        var request = new FollowRequest { FolloweeId = people[1].Id };

        var first = await _mesh.Graph.FollowAsync(request, people[0].Headers);
        var rows = await _mesh.Store.CountAsync();
        var second = await _mesh.Graph.FollowAsync(request, people[0].Headers);

        Assert.Equal((true, false), (first.Changed, second.Changed));
        Assert.Equal(first.ConsistencyToken, second.ConsistencyToken);
        Assert.Equal(rows, await _mesh.Store.CountAsync());
    }

    [Fact]
    public async Task Unfollow_WhomOneDoesNotFollow_ChangesNothing()
    {
        var people = await _mesh.CreatePeopleAsync("ann", "ben");
        var rows = await _mesh.Store.CountAsync();

        foreach (var nobody in (string[])[people[1].Id, Guid.NewGuid().ToString()])
        {
            var answer = await _mesh.Graph.UnfollowAsync(
                new UnfollowRequest { FolloweeId = nobody }, people[0].Headers);
            Assert.False(answer.Changed);
        }

        Assert.Equal(rows.Events, (await _mesh.Store.CountAsync()).Events);
    }

    [Fact]
    public async Task ListFollowers_AndFollowees_NewestFollowingFirstAtEveryPageSize()
    {
        var people = await _mesh.CreatePeopleAsync("ann", "ben", "cem", "dan", "eve", "fay");
        var ann = people[0];
        foreach (var other in people.Skip(1))
        {
            await _mesh.FollowAsync(ann, other);
            await _mesh.FollowAsync(other, ann);
        }

        // Whoever comes back comes first.
        await _mesh.UnfollowAsync(ann, people[2]);
        await _mesh.FollowAsync(ann, people[2]);
        await _mesh.UnfollowAsync(people[5], ann);
        await _mesh.DrainAsync();

        string[] followees = [people[2].Id, people[5].Id, people[4].Id, people[3].Id, people[1].Id];
        string[] followers = [people[4].Id, people[3].Id, people[2].Id, people[1].Id];
        for (var size = 1; size <= 6; size++)
        {
            Assert.Equal(followees, await ReadFolloweesAsync(ann, size));
            // Different followers' ids of one millisecond have no order of their own.
            Assert.Equal(followers.Order(), (await ReadFollowersAsync(ann, size)).Order());
        }
    }

    [Fact]
    public async Task ListFollowers_Entry_TellsSinceWhen()
    {
        var people = await _mesh.CreatePeopleAsync("ann", "ben");
        var before = TimeProvider.System.GetUtcNow();
        await _mesh.FollowAsync(people[0], people[1]);
        await _mesh.DrainAsync();

        var page = await _mesh.Graph.ListFollowersAsync(new ListFollowersRequest { UserId = people[1].Id });
        var time = Assert.Single(page.Followers).FollowTime.ToDateTimeOffset();

        // Ids hold whole milliseconds, rounded down.
        Assert.InRange(time, before.AddMilliseconds(-1), TimeProvider.System.GetUtcNow());
    }

    [Fact]
    public async Task BatchGetRelationships_EveryKind_AnswersEachOnceInTheOrderAsked()
    {
        var people = await _mesh.CreatePeopleAsync("ann", "ben", "cem", "dan", "eve");
        var (ann, ben, cem, dan, eve) = (people[0], people[1], people[2], people[3], people[4]);
        await _mesh.FollowAsync(ann, ben);
        await _mesh.FollowAsync(cem, ann);
        await _mesh.FollowAsync(ann, dan);
        await _mesh.FollowAsync(dan, ann);
        await _mesh.DrainAsync();
        var nobody = Guid.NewGuid().ToString();
        var request = new BatchGetRelationshipsRequest
        {
            UserId = ann.Id, OtherUserIds = { eve.Id, dan.Id, nobody, cem.Id, ben.Id, dan.Id, ann.Id },
        };

        var answer = await _mesh.Graph.BatchGetRelationshipsAsync(request);

        Assert.Equal(
            [
                (eve.Id, false, false), (dan.Id, true, true), (nobody, false, false), (cem.Id, false, true),
                (ben.Id, true, false), (ann.Id, false, false),
            ],
            answer.Relationships.Select(relation => (relation.UserId, relation.Following, relation.FollowedBy)));
    }

    [Fact]
    public async Task GetRelationCounts_ManyFollowAndSomeLeave_CountsAreExact()
    {
        var people = await _mesh.CreatePeopleAsync([.. Enumerable.Range(0, 12).Select(_ => "fan")]);
        var star = people[0];
        await Task.WhenAll(people.Skip(1).Select(fan => _mesh.FollowAsync(fan, star)));
        await Task.WhenAll(people.Skip(1).Take(4).Select(fan => _mesh.UnfollowAsync(fan, star)));
        await _mesh.FollowAsync(star, people[5]);
        await _mesh.DrainAsync();

        var counts = await _mesh.Graph.GetRelationCountsAsync(new GetRelationCountsRequest { UserId = star.Id });
        var nobody = await _mesh.Graph.GetRelationCountsAsync(
            new GetRelationCountsRequest { UserId = Guid.NewGuid().ToString() });

        Assert.Equal((7L, 1L), (counts.FollowerCount, counts.FolloweeCount));
        Assert.Equal((0L, 0L), (nobody.FollowerCount, nobody.FolloweeCount));
    }

    private async Task AssertRelationAsync(Person follower, Person followee, bool isFollowing)
    {
        var relationships = await _mesh.Graph.BatchGetRelationshipsAsync(
            new BatchGetRelationshipsRequest { UserId = follower.Id, OtherUserIds = { followee.Id } });
        var ofFollower = await _mesh.Graph.GetRelationCountsAsync(
            new GetRelationCountsRequest { UserId = follower.Id });
        var ofFollowee = await _mesh.Graph.GetRelationCountsAsync(
            new GetRelationCountsRequest { UserId = followee.Id });

        Assert.Equal(isFollowing, Assert.Single(relationships.Relationships).Following);
        Assert.Equal(isFollowing ? [followee.Id] : [], await ReadFolloweesAsync(follower, 0));
        Assert.Equal(isFollowing ? [follower.Id] : [], await ReadFollowersAsync(followee, 0));
        Assert.Equal(isFollowing ? 1 : 0, ofFollower.FolloweeCount);
        Assert.Equal(isFollowing ? 1 : 0, ofFollowee.FollowerCount);
    }

    private Task<IReadOnlyList<string>> ReadFolloweesAsync(Person person, int size) =>
        MeshActions.WalkAsync(async token =>
        {
            var request = new ListFolloweesRequest { UserId = person.Id, PageSize = size, PageToken = token };
            var page = await _mesh.Graph.ListFolloweesAsync(request);
            return (page.Followees.Select(relation => relation.UserId), page.NextPageToken);
        });

    private Task<IReadOnlyList<string>> ReadFollowersAsync(Person person, int size) =>
        MeshActions.WalkAsync(async token =>
        {
            var request = new ListFollowersRequest { UserId = person.Id, PageSize = size, PageToken = token };
            var page = await _mesh.Graph.ListFollowersAsync(request);
            return (page.Followers.Select(relation => relation.UserId), page.NextPageToken);
        });
}
