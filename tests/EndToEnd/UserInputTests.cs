using DaprSocial.EndToEnd.Tests.Mesh;
using DaprSocial.Users.V1;
using Grpc.Core;

namespace DaprSocial.EndToEnd.Tests;

[Collection(MeshCollection.Name)]
public sealed class UserInputTests(MeshFixture fixture)
{
    private readonly TestMesh _mesh = fixture.Mesh;

    [Theory]
    [InlineData("")]
    [InlineData("ab")]
    [InlineData("a234567890123456789012345678901")]
    [InlineData("with space")]
    [InlineData("with-dash")]
    [InlineData("with.dot")]
    [InlineData("größe")]
    [InlineData("line\nend")]
    [InlineData("trail ")]
    public async Task CreateUser_BadHandle_IsRefused(string handle)
    {
        await _mesh.AssertRefusedAsync(
            () => _mesh.Users.CreateUserAsync(new CreateUserRequest { Handle = handle }),
            StatusCode.InvalidArgument, "INVALID_HANDLE", "handle");

        Assert.NotEmpty((await _mesh.CreatePersonAsync("good")).Id);
    }

    [Theory]
    [InlineData("min")]
    [InlineData("limit_of_30_characters_0123456")]
    [InlineData("___")]
    [InlineData("007")]
    public async Task CreateUser_HandleAtTheLimits_IsTaken(string handle)
    {
        var answer = await _mesh.Users.CreateUserAsync(new CreateUserRequest { Handle = handle });

        Assert.Equal(handle, answer.User.Handle);
    }

    [Fact]
    public async Task CreateUser_HandleOfAnotherInOtherCase_IsRefused()
    {
        await _mesh.Users.CreateUserAsync(new CreateUserRequest { Handle = "taken_once" });

        await _mesh.AssertRefusedAsync(
            () => _mesh.Users.CreateUserAsync(new CreateUserRequest { Handle = "Taken_ONCE", DisplayName = "Me too" }),
            StatusCode.AlreadyExists, "HANDLE_TAKEN", "handle");
        await _mesh.Users.CreateUserAsync(new CreateUserRequest { Handle = "taken_twice" });
    }

    [Fact]
    public async Task CreateUser_SameHandleAtOnce_OneGetsIt()
    {
        var calls = Enumerable.Range(0, 8).Select(async _ =>
        {
            try
            {
                await _mesh.Users.CreateUserAsync(new CreateUserRequest { Handle = "wanted_by_all" });
                return true;
            }
            catch (RpcException refusal)
            {
                Refusal.Check(refusal, StatusCode.AlreadyExists, "HANDLE_TAKEN", "handle");
                return false;
            }
        });

        Assert.Single(await Task.WhenAll(calls), isMine => isMine);
    }

    [Theory]
    [InlineData("display_name", 65, 'n')]
    [InlineData("bio", 257, 'b')]
    [InlineData("display_name", 3, '\0')]
    [InlineData("bio", 3, '\0')]
    public async Task CreateUser_BadProfile_IsRefused(string field, int length, char letter)
    {
        var text = new string(letter, length);
        var request = field == "bio"
            ? new CreateUserRequest { Handle = "bad_profile", Bio = text }
            : new CreateUserRequest { Handle = "bad_profile", DisplayName = text };

        await _mesh.AssertRefusedAsync(
            () => _mesh.Users.CreateUserAsync(request), StatusCode.InvalidArgument, "INVALID_FIELD", field);

        // The handle of a refused call is free.
        Assert.NotEmpty((await _mesh.CreatePersonAsync("bad_profile")).Id);
    }

    [Theory]
    [InlineData("display_name", 65)]
    [InlineData("bio", 257)]
    public async Task UpdateProfile_TooLong_IsRefused(string field, int length)
    {
        var person = await _mesh.CreatePersonAsync("long");
        var text = new string('x', length);
        var request = field == "bio"
            ? new UpdateProfileRequest { Bio = text }
            : new UpdateProfileRequest { DisplayName = text };

        await _mesh.AssertRefusedAsync(
            () => _mesh.Users.UpdateProfileAsync(request, person.Headers),
            StatusCode.InvalidArgument, "INVALID_FIELD", field);

        var next = await _mesh.Users.UpdateProfileAsync(
            new UpdateProfileRequest { DisplayName = text[..64], Bio = text[..64] }, person.Headers);
        Assert.Equal(text[..64], next.User.DisplayName);
    }

    [Fact]
    public Task UpdateProfile_ActorWhoIsNobody_IsRefused() => _mesh.AssertRefusedAsync(
        () => _mesh.Users.UpdateProfileAsync(
            new UpdateProfileRequest { Bio = "boo" }, Person.HeadersOf(Guid.NewGuid().ToString())),
        StatusCode.NotFound, "USER_NOT_FOUND");

    [Fact]
    public async Task GetUser_NeitherOrBothIdAndHandle_IsRefused()
    {
        var person = await _mesh.CreatePersonAsync("either");

        await _mesh.AssertRefusedAsync(
            () => _mesh.Users.GetUserAsync(new GetUserRequest()),
            StatusCode.InvalidArgument, "INVALID_FIELD", "user_id");
        await _mesh.AssertRefusedAsync(
            () => _mesh.Users.GetUserAsync(new GetUserRequest { UserId = person.Id, Handle = person.Handle }),
            StatusCode.InvalidArgument, "INVALID_FIELD", "user_id");
    }

    [Fact]
    public async Task GetUser_Nobody_IsNotFound()
    {
        await _mesh.AssertRefusedAsync(
            () => _mesh.Users.GetUserAsync(new GetUserRequest { UserId = Guid.NewGuid().ToString() }),
            StatusCode.NotFound, "USER_NOT_FOUND");
        await _mesh.AssertRefusedAsync(
            () => _mesh.Users.GetUserAsync(new GetUserRequest { Handle = "nobody_has_this" }),
            StatusCode.NotFound, "USER_NOT_FOUND");
        await _mesh.AssertRefusedAsync(
            () => _mesh.Users.GetUserAsync(new GetUserRequest { Handle = "no such handle" }),
            StatusCode.InvalidArgument, "INVALID_HANDLE", "handle");
    }

    [Theory]
    [MemberData(nameof(BadIds.All), MemberType = typeof(BadIds))]
    public Task GetUser_BadId_IsRefused(string id) => _mesh.AssertRefusedAsync(
        () => _mesh.Users.GetUserAsync(new GetUserRequest { UserId = id }),
        StatusCode.InvalidArgument, "INVALID_ID", "user_id");

    [Theory]
    [InlineData(0)]
    [InlineData(101)]
    public Task BatchGetUsers_NoneOrTooMany_IsRefused(int count) => _mesh.AssertRefusedAsync(
        () => _mesh.Users.BatchGetUsersAsync(new BatchGetUsersRequest { UserIds = { BadIds.Good(count) } }),
        StatusCode.InvalidArgument, "INVALID_FIELD", "user_ids");

    [Theory]
    [MemberData(nameof(BadIds.All), MemberType = typeof(BadIds))]
    public Task BatchGetUsers_OneBadId_IsRefused(string id) => _mesh.AssertRefusedAsync(
        () => _mesh.Users.BatchGetUsersAsync(new BatchGetUsersRequest { UserIds = { BadIds.Good(3), id } }),
        StatusCode.InvalidArgument, "INVALID_ID", "user_ids");
}
