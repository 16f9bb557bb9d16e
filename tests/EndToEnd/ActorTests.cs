using DaprSocial.EndToEnd.Tests.Mesh;
using Grpc.Core;

namespace DaprSocial.EndToEnd.Tests;

/// <summary>Who is calling: exactly one user, named as the services name users, or a refusal.</summary>
[Collection(MeshCollection.Name)]
public sealed class ActorTests(MeshFixture fixture)
{
    private readonly TestMesh _mesh = fixture.Mesh;

    public static TheoryData<string> ThoseThatNeedOne => EveryRpc.Where(call => call.NeedsActor);

    // CreateUser is the one call that has no actor and asks for none.
    public static TheoryData<string> ThoseThatLook => EveryRpc.Where(call => call.NeedsActor || !call.IsCommand);

    [Theory]
    [MemberData(nameof(ThoseThatNeedOne))]
    public Task EveryRpc_NoActor_IsRefused(string name) =>
        AssertRefusedAsync(name, [], StatusCode.Unauthenticated, "ACTOR_MISSING");

    [Theory]
    [MemberData(nameof(ThoseThatLook))]
    public async Task EveryRpc_SeveralActorsOrGarbage_IsRefused(string name)
    {
        var (one, other) = (Guid.NewGuid().ToString(), Guid.NewGuid().ToString());

        await RefusedAsync(Person.HeadersOf(one, other));
        await RefusedAsync(Person.HeadersOf(one, one));
        await RefusedAsync(Person.HeadersOf($"{one},{other}"));
        await RefusedAsync(Person.HeadersOf(""));
        await RefusedAsync(Person.HeadersOf("ann"));
        await RefusedAsync(Person.HeadersOf("018F6B1E-ABCD-7000-8000-000000000000"));
        await RefusedAsync(Person.HeadersOf(Guid.Empty.ToString()));

        Task RefusedAsync(Metadata headers) =>
            AssertRefusedAsync(name, headers, StatusCode.Unauthenticated, "ACTOR_INVALID");
    }

    private async Task AssertRefusedAsync(string name, Metadata headers, StatusCode code, string reason)
    {
        var before = await _mesh.Store.CountAsync();

        var refusal = await Assert.ThrowsAsync<RpcException>(
            () => EveryRpc.Get(name).SendAsync(_mesh.Clients, headers, ""));

        Refusal.Check(refusal, code, reason, field: null);
        Assert.Equal(before, await _mesh.Store.CountAsync());
    }
}
