using DaprSocial.Ctl.Erasing;
using DaprSocial.EndToEnd.Tests.Mesh;
using DaprSocial.Projections.V1;
using DaprSocial.Users.V1;
using Grpc.Core;

namespace DaprSocial.EndToEnd.Tests;

/// <summary>What cannot be erased.</summary>
[Collection(MeshCollection.Name)]
public sealed class EraseInputTests(MeshFixture fixture)
{
    private readonly TestMesh _mesh = fixture.Mesh;

    [Fact]
    public async Task Erase_Stranger_IsNotFound()
    {
        await _mesh.AssertRefusedAsync(
            () => _mesh.Users.EraseUserAsync(new EraseUserRequest { UserId = Guid.NewGuid().ToString("D") }),
            StatusCode.NotFound, "USER_NOT_FOUND");

        Assert.Null(await new UserTraces(_mesh.Store.ConnectionString).FindAsync("nobody", CancellationToken.None));
    }

    [Theory]
    [InlineData]
    [InlineData("long enough", "no")]
    public async Task DeleteDeadLetters_NoTextOrAShortOne_IsRefused(params string[] texts) =>
        await _mesh.AssertRefusedAsync(
            () => _mesh.ProjectionOf("posts")
                .DeleteDeadLettersAsync(new DeleteDeadLettersRequest { Texts = { texts } }),
            StatusCode.InvalidArgument, "INVALID_FIELD", "texts");
}
