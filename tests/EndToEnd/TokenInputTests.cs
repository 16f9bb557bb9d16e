using DaprSocial.EndToEnd.Tests.Mesh;
using DaprSocial.Posts.V1;
using DaprSocial.Timelines.V1;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace DaprSocial.EndToEnd.Tests;

/// <summary>Consistency tokens that no service gave, and waits that no clock knows.</summary>
[Collection(MeshCollection.Name)]
public sealed class TokenInputTests(MeshFixture fixture)
{
    private readonly TestMesh _mesh = fixture.Mesh;

    public static TheoryData<string> All => [.. EveryRpc.Names];

    public static TheoryData<string> Queries => EveryRpc.Where(call => !call.IsCommand);

    [Theory]
    [MemberData(nameof(All))]
    public async Task EveryRpc_GarbledToken_IsRefused(string name)
    {
        var person = await _mesh.CreatePersonAsync("ann");
        var call = EveryRpc.Get(name);
        foreach (var token in (string[])
        [
            "not a token", "%%%", person.Token[..^3], new string('A', 9000),
            ForgedTokens.OfNoLog(), ForgedTokens.TooLarge(),
            ForgedTokens.Forge(person.Token, stream => stream.Version = 0),
            ForgedTokens.Forge(person.Token, stream => stream.Version = -5),
            ForgedTokens.Forge(person.Token, stream => stream.Stream = ByteString.Empty),
            ForgedTokens.Forge(person.Token, stream => stream.Topic = ""),
        ])
        {
            var before = await _mesh.Store.CountAsync();
            var refusal = await Assert.ThrowsAsync<RpcException>(
                () => call.SendAsync(_mesh.Clients, person.Headers, token));
            Refusal.Check(
                refusal, StatusCode.InvalidArgument, "INVALID_CONSISTENCY_TOKEN", "consistency_token");
            Assert.Equal(before, await _mesh.Store.CountAsync());
        }
    }

    [Theory]
    [InlineData("users", "GetUser")]
    [InlineData("posts", "GetPost")]
    [InlineData("graph", "ListFollowees")]
    [InlineData("posts", "ListHomeTimeline")]
    public async Task EveryService_TokenOfAReplacedLog_IsRefused(string topic, string name)
    {
        var people = await _mesh.CreatePeopleAsync("ann", "ben");
        var token = topic switch
        {
            "users" => people[0].Token,
            "graph" => await _mesh.FollowAsync(people[0], people[1]),
            _ => (await _mesh.Posts.CreatePostAsync(new() { Text = "text" }, people[0].Headers)).ConsistencyToken,
        };
        await _mesh.DrainAsync();
        var replaced = ForgedTokens.Forge(token, _ => { }, Guid.NewGuid());

        var refusal = await Assert.ThrowsAsync<RpcException>(
            () => EveryRpc.Get(name).SendAsync(_mesh.Clients, people[0].Headers, replaced));

        Refusal.Check(refusal, StatusCode.FailedPrecondition, "LOG_CHANGED", "consistency_token");
    }

    [Theory]
    [InlineData(-1, 0)]
    [InlineData(0, -1)]
    [InlineData(1, 2_000_000_000)]
    [InlineData(1, -1)]
    [InlineData(long.MaxValue, 0)]
    [InlineData(long.MinValue, 0)]
    public async Task GetPost_MaxWaitThatIsNoTime_IsRefused(long seconds, int nanos)
    {
        var people = await _mesh.CreatePeopleAsync("ann");
        var created = await _mesh.Posts.CreatePostAsync(new() { Text = "text" }, people[0].Headers);
        var request = new GetPostRequest
        {
            PostId = created.Post.Id, ConsistencyToken = created.ConsistencyToken,
            MaxWait = new Duration { Seconds = seconds, Nanos = nanos },
        };

        await _mesh.AssertRefusedAsync(
            () => _mesh.Posts.GetPostAsync(request), StatusCode.InvalidArgument, "INVALID_FIELD", "max_wait");

        request.MaxWait = new Duration { Seconds = 315_576_000_000 };
        Assert.True((await _mesh.Posts.GetPostAsync(request)).Freshness.Satisfied);
    }

    [Fact]
    public async Task ListHomeTimeline_MaxWaitThatIsNoTime_IsRefusedAlsoWithoutAToken()
    {
        var person = await _mesh.CreatePersonAsync("ann");

        await _mesh.AssertRefusedAsync(
            () => _mesh.Timelines.ListHomeTimelineAsync(
                new ListHomeTimelineRequest { MaxWait = new Duration { Seconds = -1 } }, person.Headers),
            StatusCode.InvalidArgument, "INVALID_FIELD", "max_wait");
    }
}
