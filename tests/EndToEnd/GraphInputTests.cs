using DaprSocial.EndToEnd.Tests.Mesh;
using DaprSocial.Graph.V1;
using Grpc.Core;

namespace DaprSocial.EndToEnd.Tests;

[Collection(MeshCollection.Name)]
public sealed class GraphInputTests(MeshFixture fixture)
{
    private const int CountMax = 5000;

    private readonly TestMesh _mesh = fixture.Mesh;

    [Fact]
    public async Task Follow_Oneself_IsRefused()
    {
        var people = await _mesh.CreatePeopleAsync("ann", "ben");
        var (id, headers) = (people[0].Id, people[0].Headers);

        await _mesh.AssertRefusedAsync(
            () => _mesh.Graph.FollowAsync(new FollowRequest { FolloweeId = id }, headers),
            StatusCode.InvalidArgument, "SELF_FOLLOW", "followee_id");
        await _mesh.AssertRefusedAsync(
            () => _mesh.Graph.UnfollowAsync(new UnfollowRequest { FolloweeId = id }, headers),
            StatusCode.InvalidArgument, "SELF_FOLLOW", "followee_id");

        Assert.NotEmpty(await _mesh.FollowAsync(people[0], people[1]));
    }

    [Fact]
    public async Task Follow_Nobody_IsRefused()
    {
        var people = await _mesh.CreatePeopleAsync("ann", "ben");

        await _mesh.AssertRefusedAsync(
            () => _mesh.Graph.FollowAsync(
                new FollowRequest { FolloweeId = Guid.NewGuid().ToString() }, people[0].Headers),
            StatusCode.NotFound, "USER_NOT_FOUND", "followee_id");

        Assert.NotEmpty(await _mesh.FollowAsync(people[0], people[1]));
    }

    [Fact]
    public async Task Follow_FiveThousandAlready_IsRefusedUntilOneIsGivenUp()
    {
        var people = await _mesh.CreatePeopleAsync("ann", "ben", "cem");
        var (ann, ben, cem) = (people[0], people[1], people[2]);
        await _mesh.Store.InsertFollowsAsync(ann, CountMax - 1);
        await _mesh.FollowAsync(ann, ben);

        await _mesh.AssertRefusedAsync(
            () => _mesh.Graph.FollowAsync(new FollowRequest { FolloweeId = cem.Id }, ann.Headers),
            StatusCode.ResourceExhausted, "TOO_MANY_FOLLOWS");
        var again = await _mesh.Graph.FollowAsync(new FollowRequest { FolloweeId = ben.Id }, ann.Headers);
        await _mesh.UnfollowAsync(ann, ben);
        var next = await _mesh.Graph.FollowAsync(new FollowRequest { FolloweeId = cem.Id }, ann.Headers);

        Assert.False(again.Changed);
        Assert.True(next.Changed);
    }

    [Fact]
    public async Task Block_OneselfOrNobody_IsRefused()
    {
        var people = await _mesh.CreatePeopleAsync("ann");
        var (id, headers) = (people[0].Id, people[0].Headers);

        await _mesh.AssertRefusedAsync(
            () => _mesh.Graph.BlockAsync(new BlockRequest { UserId = id }, headers),
            StatusCode.InvalidArgument, "SELF_BLOCK", "user_id");
        await _mesh.AssertRefusedAsync(
            () => _mesh.Graph.UnblockAsync(new UnblockRequest { UserId = id }, headers),
            StatusCode.InvalidArgument, "SELF_BLOCK", "user_id");
        await _mesh.AssertRefusedAsync(
            () => _mesh.Graph.BlockAsync(new BlockRequest { UserId = Guid.NewGuid().ToString() }, headers),
            StatusCode.NotFound, "USER_NOT_FOUND", "user_id");
    }

    [Fact]
    public async Task Block_FiveThousandAlready_IsRefusedUntilOneIsGivenUp()
    {
        var people = await _mesh.CreatePeopleAsync("ann", "ben", "cem");
        var (ann, ben, cem) = (people[0], people[1], people[2]);
        await _mesh.Store.InsertBlocksAsync(ann, CountMax - 1);
        await _mesh.BlockAsync(ann, ben);

        await _mesh.AssertRefusedAsync(
            () => _mesh.Graph.BlockAsync(new BlockRequest { UserId = cem.Id }, ann.Headers),
            StatusCode.ResourceExhausted, "TOO_MANY_BLOCKS");
        await _mesh.UnblockAsync(ann, ben);

        Assert.True((await _mesh.Graph.BlockAsync(new BlockRequest { UserId = cem.Id }, ann.Headers)).Changed);
    }

    [Theory]
    [MemberData(nameof(BadIds.All), MemberType = typeof(BadIds))]
    public async Task EveryRpc_BadUserId_IsRefused(string id)
    {
        var headers = Person.HeadersOf(Guid.NewGuid().ToString());
        var good = BadIds.Good(1);

        await RefusedAsync(
            () => _mesh.Graph.FollowAsync(new FollowRequest { FolloweeId = id }, headers), "followee_id");
        await RefusedAsync(
            () => _mesh.Graph.UnfollowAsync(new UnfollowRequest { FolloweeId = id }, headers), "followee_id");
        await RefusedAsync(() => _mesh.Graph.BlockAsync(new BlockRequest { UserId = id }, headers), "user_id");
        await RefusedAsync(() => _mesh.Graph.UnblockAsync(new UnblockRequest { UserId = id }, headers), "user_id");
        await RefusedAsync(() => _mesh.Graph.ListFollowersAsync(new ListFollowersRequest { UserId = id }), "user_id");
        await RefusedAsync(() => _mesh.Graph.ListFolloweesAsync(new ListFolloweesRequest { UserId = id }), "user_id");
        await RefusedAsync(
            () => _mesh.Graph.GetRelationCountsAsync(new GetRelationCountsRequest { UserId = id }), "user_id");
        await RefusedAsync(
            () => _mesh.Graph.BatchGetRelationshipsAsync(
                new BatchGetRelationshipsRequest { UserId = id, OtherUserIds = { good } }),
            "user_id");
        await RefusedAsync(
            () => _mesh.Graph.BatchGetRelationshipsAsync(
                new BatchGetRelationshipsRequest { UserId = good.First(), OtherUserIds = { good, id } }),
            "other_user_ids");

        Task RefusedAsync<TResponse>(Func<AsyncUnaryCall<TResponse>> call, string field) =>
            _mesh.AssertRefusedAsync(call, StatusCode.InvalidArgument, "INVALID_ID", field);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(101)]
    public Task BatchGetRelationships_NoneOrTooMany_IsRefused(int count) => _mesh.AssertRefusedAsync(
        () => _mesh.Graph.BatchGetRelationshipsAsync(
            new BatchGetRelationshipsRequest { UserId = BadIds.Good(1).First(), OtherUserIds = { BadIds.Good(count) } }),
        StatusCode.InvalidArgument, "INVALID_FIELD", "other_user_ids");
}
